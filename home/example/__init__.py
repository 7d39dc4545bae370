"""Buy Inverter, the working example: texts beside this file, and what puts them on a site."""
