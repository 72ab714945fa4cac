"""`run_many`: the rules for starting and collecting many runs, and a driver for each client."""
