"""What the server is made of. Everything an application needs of it is in `eigenpal.testing`."""
