"""Declares the services' network edges as Protocols, without a word of AWS."""
