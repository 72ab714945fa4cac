"""Starting, polling and comparing runs; pure but for the poll loops."""
