"""The version of this package, and the only place it stands in."""

__version__ = "0.1.0"
