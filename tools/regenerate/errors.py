"""What ends a step of the job with a message."""

from __future__ import annotations


class JobError(Exception):
    """A step of the job cannot go on."""


class UnusableDocumentError(JobError):
    """The change report cannot be made from one of the two documents; the message says why."""
