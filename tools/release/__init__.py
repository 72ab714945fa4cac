"""Releases the version of a tag: drafts it on GitHub, uploads its files to the package index, publishes the draft."""
