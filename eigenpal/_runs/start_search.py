"""The search for the run that carries an idempotency key, without I/O."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Any, cast

from eigenpal._runs.idempotency import CLOCK_TOLERANCE, METADATA_KEY, check_idempotency_key, make_target_filters
from eigenpal._runs.targets import resolve_target
from eigenpal._transport.redaction import make_printable
from eigenpal.errors import EigenpalError, EigenpalNotFoundError
from eigenpal_generated.api.runs import list as list_endpoint

if TYPE_CHECKING:
    from eigenpal_generated.models import Run, RunListItem, RunsListResponse
    from eigenpal_generated.runtime import Request, Response

_MAX_ID = 100


class StartSearch:
    """What is searched, and what could not be searched.

    None must not be returned if the run exists: the caller would start it a second time. So a run that cannot be read
    makes the search fail, unless the run is found elsewhere.
    """

    def __init__(self, idempotency_key: object, target: object, started_after: object) -> None:
        self._key = check_idempotency_key(idempotency_key)
        self._target = resolve_target(target).name
        self._since = _parse_time(started_after)
        self._seen: set[str] = set()
        self._unreadable: list[str] = []
        since = self._since if isinstance(self._since, str) else _format(self._since)
        filters: dict[str, Any] = {**make_target_filters(self._target), "created_after": since}
        self.request: Request = list_endpoint.request(**filters)
        """Lists the runs that may have the key."""
        self._subject = f"the search for the idempotency key {self._key!r} in the runs of {self._target} since {since}"

    def parse_page(self, response: Response) -> RunsListResponse:
        """Decode a page of the list. Rows that cannot be decoded are left out of it, but may be the run."""
        page = list_endpoint.parse(response)
        rows = cast("list[object]", page.get("runs", []))
        self._unreadable += ["a row of the list"] * (len(rows) - len(page))
        return page

    def is_candidate(self, row: RunListItem) -> bool:
        """Return whether the run of a row must be read to know whether it has the key; True once for each run."""
        raw = row.to_dict()
        if row.id in self._seen or is_rerun(raw):
            return False
        self._seen.add(row.id)
        created = find_creation_time(raw)
        return created is None or isinstance(self._since, str) or created >= self._since

    def is_match(self, row: RunListItem, run: Run) -> bool:
        """Return whether the run of a row, with its input, is the one that was started with the key."""
        raw = run.to_dict()
        data: object = raw.get("input")
        if run.id != row.id or not isinstance(data, dict):
            reason = f"the response is about {_name(run)}" if run.id != row.id else "the response has no input"
            self._unreadable.append(f"{_name(row)} ({reason})")
            return False
        return find_value(raw, "input", "metadata", METADATA_KEY) == self._key and not is_rerun(raw)

    def skip(self, row: RunListItem, error: EigenpalError) -> None:
        """Go on after a run that could not be read."""
        created = find_creation_time(row.to_dict())
        is_old = created is not None and created < datetime.now(timezone.utc) - CLOCK_TOLERANCE
        # A run that was listed but does not exist has been deleted, or is too new for one of the servers.
        if not (isinstance(error, EigenpalNotFoundError) and is_old):
            self._unreadable.append(f"{_name(row)} ({error.message})")

    def check_complete(self) -> None:
        """Check that every candidate could be read.

        Raises:
            EigenpalError: One could not.
        """
        if self._unreadable:
            listed = ", ".join(self._unreadable[:3]) + (", ..." if len(self._unreadable) > 3 else "")
            raise EigenpalError(
                f"{self._subject} is incomplete, because {len(self._unreadable)} of the runs could not be read: "
                f"{listed}",
                operation="runs.find_started",
                hint="The run may exist; search again before starting it again.",
            )

    def explain(self, error: EigenpalError) -> None:
        """Add to an error that ended the search what was searched."""
        if error.operation != "runs.find_started":
            warning = f"Raised during {self._subject}: the run may exist; search again before starting it again."
            error.hint = f"{warning} {error.hint}" if error.hint else warning


def _parse_time(value: object) -> datetime | str:
    """Return the time from which to search, or a text that only the server understands."""
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("started_after is empty; pass the time at which the run was started at the earliest")
        try:
            parsed = datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return value
        return value if parsed.tzinfo is None else _subtract_tolerance(parsed)
    if isinstance(value, datetime):
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError(f"started_after must have a time zone, such as datetime.now(timezone.utc), not {value!r}")
        return _subtract_tolerance(value)
    if isinstance(value, date):
        return _subtract_tolerance(datetime(value.year, value.month, value.day, tzinfo=timezone.utc))
    raise TypeError(f"started_after must be an aware datetime, a date or a str, not {type(value).__name__}")


def _subtract_tolerance(moment: datetime) -> datetime:
    try:
        return moment.astimezone(timezone.utc) - CLOCK_TOLERANCE
    except OverflowError:
        raise ValueError(f"started_after is out of range: {moment!r}") from None


def _name(run: Run | RunListItem) -> str:
    return make_printable(run.id[:_MAX_ID]) or "a run without an id"


def _format(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


# Read from the JSON, because a row that lacks a field can still be searched.


def find_creation_time(raw: Mapping[str, Any]) -> datetime | None:
    """Return when a run was created; None if the response does not say."""
    text = find_value(raw, "timing", "createdAt")
    try:
        created = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return None if created.tzinfo is None else created


def is_rerun(raw: Mapping[str, Any]) -> bool:
    """Return whether a run repeats another one, from which it has its metadata."""
    number = find_value(raw, "execution", "retry", "number")
    return (isinstance(number, (int, float)) and number > 0) or bool(
        find_value(raw, "execution", "retry", "previousRunId")
    )


def find_value(raw: object, *path: str) -> object:
    """Return the value at a path of names; None if there is none."""
    for name in path:
        if not isinstance(raw, Mapping):
            return None
        raw = cast("Mapping[str, object]", raw).get(name)
    return raw
