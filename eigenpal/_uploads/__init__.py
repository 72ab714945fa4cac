"""Files that are sent: checked, named and read piece by piece."""
