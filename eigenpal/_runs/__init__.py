"""Starting, polling and comparing runs. Everything except the run pollers is free of I/O."""
