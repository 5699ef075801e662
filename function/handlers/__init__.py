"""The functions' entrances, one file per function: translate the event, call the service, translate the answer."""
