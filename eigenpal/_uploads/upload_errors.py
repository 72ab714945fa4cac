"""Why the body of a request could not be sent. Mapped to an `EigenpalError` like a failure of the network."""

from __future__ import annotations


class FileReadError(Exception):
    """A file cannot be read, or has changed since it was checked. The text names the file and the reason."""


class UploadDeadlineError(Exception):
    """The deadline passed while the body was being sent, so the server cannot have processed the request."""
