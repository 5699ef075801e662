"""Where everything is wired: one module for each kind of function, and one for the clients of AWS."""
