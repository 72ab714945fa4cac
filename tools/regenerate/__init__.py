"""The job that turns a changed API document into a pull request, one `make` target a step."""
