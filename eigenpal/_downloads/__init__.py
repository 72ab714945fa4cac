"""Downloads: atomic writers and safe paths."""
