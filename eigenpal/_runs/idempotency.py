"""Idempotency keys of starts: checking them, storing them with the run, and what to do after an unknown outcome.

Whether the server honors the header ``Idempotency-Key`` is unknown, and the metadata is all of a start that can be read
back. So a run that is started with a key of the user also has it in its metadata, where `find_started` looks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from eigenpal._runs.targets import ResolvedTarget
from eigenpal_generated.runtime import Request

METADATA_KEY = "eigenpal_idempotency_key"
"""The entry of the metadata of a run that has the key."""

CLOCK_TOLERANCE = timedelta(minutes=5)
"""By how much the clock of the server may be behind ours."""

_MAX_LENGTH = 255
_EXAMPLE = "such as 'invoice-2026-0415' or str(uuid.uuid4())"


def check_idempotency_key(key: object) -> str:
    """Return a key unchanged if it can be sent as a header.

    Raises:
        TypeError: It is not a str.
        ValueError: It is empty, too long, or has characters that a header cannot have.
    """
    if not isinstance(key, str):
        raise TypeError(f"idempotency_key must be a str, {_EXAMPLE}, not {type(key).__name__}")
    if not key.strip():
        raise ValueError(f"idempotency_key is empty; pass a text that is unique to this start, {_EXAMPLE}, or omit it")
    if not key.isascii() or not key.isprintable() or key != key.strip():
        raise ValueError(
            f"idempotency_key is {key[:100]!r}; it must be printable ASCII without surrounding spaces, {_EXAMPLE}"
        )
    if len(key) > _MAX_LENGTH:
        raise ValueError(
            f"idempotency_key has {len(key)} characters, the maximum is {_MAX_LENGTH}; pass a hash of it, "
            "such as hashlib.sha256(...).hexdigest()"
        )
    return key


def add_to_metadata(metadata: Mapping[str, Any] | None, key: str | None) -> Mapping[str, Any] | None:
    """Return the metadata of a run that is started with this key.

    Raises:
        ValueError: The metadata has an entry of that name.
    """
    if metadata is not None and METADATA_KEY in metadata:
        raise ValueError(f"metadata[{METADATA_KEY!r}] is set by the client; pass its value as idempotency_key=")
    return metadata if key is None else {**(metadata or {}), METADATA_KEY: key}


def with_idempotency_key(request: Request, key: str | None) -> Request:
    """Return the request with this key as its header."""
    return request if key is None else request._replace(headers=(*request.headers, ("Idempotency-Key", key)))


# --- what to do if a run may have started -----------------------------------------------------------------------------


def describe_search(target: ResolvedTarget, key: str | None) -> str:
    """Describe how to find the run of a start that may have been processed."""
    now = datetime.now(timezone.utc)
    if key is not None:
        return (
            f"before you start it again, look for it with client.runs.find_started({key!r}, target={target.name!r}, "
            f"started_after={_format(now)!r})"
        )
    filters = "".join(f"{name}={value!r}, " for name, value in make_target_filters(target.name).items())
    return (
        f"look for it with client.runs.list({filters}created_after={_format(now - CLOCK_TOLERANCE)!r}) before starting "
        "it again. If you pass idempotency_key= to a start, client.runs.find_started can find its run"
    )


def describe_rerun_search(run_id: str) -> str:
    """Describe how to find the run of a rerun that may have been processed."""
    since = _format(datetime.now(timezone.utc) - CLOCK_TOLERANCE)
    return (
        f"before you start it again, look in client.runs.list(created_after={since!r}) for a run whose "
        f"execution.retry.previous_run_id is {run_id!r}"
    )


def make_target_filters(name: str) -> dict[str, str]:
    """Return the arguments of `client.runs.list` that select the runs of a target."""
    root, _, slug = name.partition(".")
    kind = {"workflows": "workflow", "agents": "agent"}.get(root)
    if kind is None or not slug:
        return {}
    # The API does not say how the filter expects folders.
    return {"type": kind} if "." in slug else {"type": kind, "source": slug}


def _format(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
