"""The implementation of the server. Everything applications need is in `eigenpal.testing`."""
