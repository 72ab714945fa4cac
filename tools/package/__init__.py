"""Builds the package and checks it as somebody who installs it."""
