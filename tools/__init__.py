"""Commands for building and maintaining the package."""
