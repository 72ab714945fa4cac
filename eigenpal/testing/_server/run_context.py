"""The context a handler receives: how it reports time, steps, files and progress of its run."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, cast

from eigenpal.testing._server.content import Content, guess_content_type, strip_folders
from eigenpal.testing._server.request_body import MAX_DEPTH, depth_exceeds
from eigenpal.testing._server.run_record import Artifact, RunRecord, StepState, make_trace_event

RunUpdate = Callable[[RunRecord], None]


class RunRejected(Exception):
    """Raised by a handler to end the run as ``rejected`` instead of ``failed``."""


class RunTimeline(Protocol):
    """Schedules what a handler reports, on the server's clock."""

    def schedule(self, at: datetime, update: RunUpdate) -> None:
        """Apply an update to the run at a given time."""
        ...

    def elapsed(self, simulated: timedelta) -> timedelta:
        """Return how long the handler has been running, given the time it has simulated."""
        ...

    def now(self, simulated: timedelta) -> datetime:
        """Return the current time of the handler, given the time it has simulated."""
        ...

    def new_id(self, prefix: str) -> str:
        """Return an unused id."""
        ...


class RunContext:
    """The third argument of a handler.

    Time is simulated: ``sleep(5)`` returns at once, and clients see later updates once the server's clock has advanced
    by five seconds. So a run of an hour can be tested instantly, with the same result each time.

    Attributes:
        run_id: Id of the run.
        kind: ``"workflow"`` or ``"agent"``.
        slug: Slug of the workflow or agent.
        version: Release that runs, or None if there is none.
        metadata: Metadata the run was started with.

    Examples:
        >>> @server.workflow("extract-invoice", steps=["read", "extract"])  # doctest: +SKIP
        ... def extract(input, files, context):
        ...     text = context.step("read", lambda: {"text": files["invoice"].text()}, seconds=2)
        ...     context.artifact("invoice.txt", text["text"])
        ...     return context.step("extract", {"total": 10}, seconds=1)
    """

    def __init__(self, run: RunRecord, slug: str, timeline: RunTimeline) -> None:
        self.run_id: str = run.id
        self.kind: Literal["workflow", "agent"] = run.kind
        self.slug: str = slug
        self.version: str | None = run.version
        self.metadata: Any = run.metadata
        self._run = run
        self._timeline = timeline
        self._simulated = timedelta(0)
        self._open_steps: list[str] = []
        self.reported_steps: set[str] = set()
        self._overrides: Mapping[str, Any] = run.overrides.get("steps") or {}

    @property
    def cancelled(self) -> bool:
        """Whether cancellation of the run was requested."""
        return self._run.cancel_requested_at is not None

    @property
    def now(self) -> datetime:
        """The time, on the server's clock, at which clients see what the handler does next."""
        return self._timeline.now(self._simulated)

    @property
    def elapsed_seconds(self) -> float:
        """Seconds since the run started."""
        return self._timeline.elapsed(self._simulated).total_seconds()

    def sleep(self, seconds: float, *, status: Literal["running", "waiting", "finalizing"] | None = None) -> None:
        """Add to the duration of the run, without waiting in real time.

        Args:
            seconds: Seconds on the server's clock, 0 or more.
            status: Status of the run during that time. Defaults to ``running``.

        Raises:
            ValueError: The number is negative or too large, or the status is not one of these.

        Examples:
            >>> context.sleep(30, status="waiting")  # doctest: +SKIP
        """
        if status not in (None, "running", "waiting", "finalizing"):
            raise ValueError(f"status must be 'running', 'waiting' or 'finalizing', not {status!r}")
        try:
            simulated = self._simulated + timedelta(seconds=seconds)
            self._timeline.now(simulated)
        except (ValueError, OverflowError):
            raise ValueError(f"a run cannot sleep for {seconds} seconds") from None
        if seconds < 0:
            raise ValueError(f"a run cannot sleep for {seconds} seconds")
        if status is not None:
            self._set_status(status)
        self._simulated = simulated
        if status not in (None, "running"):
            self._set_status("running")

    def step(self, name: str, produce: Any = None, *, seconds: float = 0.0) -> Any:
        """Run a step and report it.

        Args:
            name: Name of the step, usually one of those the workflow was registered with.
            produce: Output of the step, or a function without arguments that returns it.
            seconds: Duration of the step on the server's clock.

        Returns:
            The output. If the run was started with an override for this step, the override; ``produce`` is not called.

        Raises:
            TypeError: The name is not a string, or the output is not JSON-serializable.

        Examples:
            >>> text = context.step("read", lambda: {"text": "..."}, seconds=2)  # doctest: +SKIP
        """
        require_step_name(name)
        if name in self._overrides:
            output: Any = self._overrides[name]
            self._report_step(name, output, overridden=True)
            return output
        with self.track_step(name):
            self.sleep(seconds)
            output = produce() if callable(produce) else produce
            self._report_step(name, copy_json(output, f"the output of step {name!r}"))
        return output

    @contextmanager
    def track_step(self, name: str) -> Generator[None, None, None]:
        """Report a step as running while the block runs, and as failed if the block raises.

        Args:
            name: Name of the step.

        Raises:
            TypeError: The name is not a string.
        """
        require_step_name(name)
        self.reported_steps.add(name)
        self._open_steps.append(name)
        started_at = self.now
        self._schedule(lambda run: _start_step(run, name, started_at))
        try:
            yield
        except BaseException as error:
            failed_at, text = self.now, error_message(error)
            self._schedule(lambda run: _fail_step(run, name, failed_at, text))
            raise
        finally:
            self._open_steps.pop()
        completed_at = self.now
        self._schedule(lambda run: _complete_step(run, name, completed_at))

    def progress(self, fraction: float | None = None, message: str | None = None) -> None:
        """Add a progress event to the trace of the run.

        Args:
            fraction: Progress of the current step, between 0 and 1.
            message: Human-readable text.

        Raises:
            TypeError: An argument is not JSON-serializable.
        """
        step = self._open_steps[-1] if self._open_steps else None
        self._trace("progress", {"step": step, "fraction": fraction, "message": message})

    def log(self, message: str, **details: Any) -> None:
        """Add a log event to the trace of the run.

        Args:
            message: Human-readable text.
            **details: Further members of the event; JSON values.

        Raises:
            TypeError: An argument is not JSON-serializable.
            ValueError: A detail is called ``type`` or ``at``, which every event already has.
        """
        reserved = details.keys() & {"type", "at"}
        if reserved:
            raise ValueError(f"{reserved.pop()!r} is part of every event; rename the detail")
        self._trace("log", {"message": message, **details})

    def artifact(
        self,
        name: str,
        content: bytes | str,
        *,
        content_type: str | None = None,
        step: str | None = None,
        diagnostic: bool = False,
    ) -> str:
        """Write a file that clients can download.

        Args:
            name: Name of the file; slashes create folders.
            content: Bytes, or text, which is encoded as UTF-8.
            content_type: Media type. By default it is guessed from the name.
            step: Step the file belongs to. Defaults to the current step.
            diagnostic: Whether to put the file at the root, next to ``trace.jsonl``, rather than under ``output/``.

        Returns:
            The path to download the file from.

        Raises:
            TypeError: The content is neither bytes nor text.
            ValueError: The name or the step is empty or contains ``.`` or ``..``, or the content type is not valid in a
                header.

        Examples:
            >>> context.artifact("lines.csv", "Desk,900")  # doctest: +SKIP
            'output/lines.csv'
        """
        if content_type is not None and not (content_type.isascii() and content_type.isprintable()):
            raise ValueError(f"{content_type!r} is not a valid content type")
        # bytes(5) would be five zero bytes.
        if not isinstance(cast("object", content), (str, bytes, bytearray, memoryview)):
            raise TypeError(f"the content of an artifact must be bytes or str, not {type(content).__name__}")
        current = step or (self._open_steps[-1] if self._open_steps else None)
        folder = "" if diagnostic else f"output/{current}/" if current is not None else "output/"
        path = f"{folder}{name}"
        if any(part in ("", ".", "..") for part in path.split("/")) or not _is_text(path):
            reason = f"{path!r} contains an empty part, '.', '..' or invalid Unicode"
            raise ValueError(f"{name!r} is not a valid artifact name: {reason}")
        artifact = Artifact(
            id=self._timeline.new_id("fil"),
            path=path,
            content_type=content_type or guess_content_type(strip_folders(name)),
            content=Content.from_bytes(content.encode() if isinstance(content, str) else bytes(content)),
            step=None if diagnostic else current,
        )

        def add(run: RunRecord) -> None:
            run.artifacts[artifact.path] = artifact

        self._schedule(add)
        return artifact.path

    def usage(
        self,
        *,
        input_tokens: int | None = None,
        output_tokens: int | None = None,
        credits_charged: float | None = None,
        llm_calls: int | None = None,
        pages: int | None = None,
        turns: int | None = None,
    ) -> None:
        """Set the usage of the run, which clients read with ``expand=usage``.

        Args:
            input_tokens: Tokens read by models.
            output_tokens: Tokens written by models.
            credits_charged: Credits charged.
            llm_calls: Calls to models.
            pages: Pages read by OCR.
            turns: Turns of an agent.

        Raises:
            TypeError: A value is not a finite number.
        """
        values = {
            "input": input_tokens,
            "output": output_tokens,
            "creditsCharged": credits_charged,
            "llmCallCount": llm_calls,
            "ocrPagesProcessed": pages,
            "agentTurns": turns,
        }
        usage = {name: value for name, value in values.items() if value is not None}
        for name, value in usage.items():
            if type(value) not in (int, float) or not math.isfinite(value):
                raise TypeError(f"{name} must be a finite number, not {value!r}")
        self._schedule(lambda run: run.usage.update(usage))

    def _trace(self, kind: str, details: dict[str, Any]) -> None:
        event = make_trace_event(kind, self.now, **copy_json(details, f"a {kind} event"))
        self._schedule(lambda run: run.trace.append(event))

    def _set_status(self, status: str) -> None:
        at = self.now
        self._schedule(lambda run: run.enter(status, at))

    def _report_step(self, name: str, output: Any, *, overridden: bool = False) -> None:
        self.reported_steps.add(name)
        at = self.now

        def report(run: RunRecord) -> None:
            if overridden:
                _start_step(run, name, at)
                _complete_step(run, name, at)
            step = run.step(name)
            step.output, step.overridden = output, overridden

        self._schedule(report)

    def _schedule(self, update: RunUpdate) -> None:
        self._timeline.schedule(self.now, update)


def _start_step(run: RunRecord, name: str, at: datetime) -> None:
    step = run.step(name)
    step.status, step.started_at = "running", at
    run.trace.append(make_trace_event("step", at, step=name, status="running"))


def _complete_step(run: RunRecord, name: str, at: datetime) -> None:
    step: StepState = run.step(name)
    step.status, step.completed_at = "completed", at
    run.trace.append(make_trace_event("step", at, step=name, status="completed"))


def _fail_step(run: RunRecord, name: str, at: datetime, error: str) -> None:
    step = run.step(name)
    step.status, step.completed_at, step.error = "failed", at, error
    run.trace.append(make_trace_event("step", at, step=name, status="failed", error=error))


def copy_json(value: Any, what: str) -> Any:
    """Return a value as a client will receive it, independent of the original.

    Raises:
        TypeError: The value is not JSON-serializable.
    """
    try:
        text = json.dumps(value, allow_nan=False)
        copied: Any = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"{what} is not JSON-serializable: {error}") from None
    if text.count("[") + text.count("{") > MAX_DEPTH and depth_exceeds(copied):
        # Deeper values may overflow the stack of a client, and the server would reject them as an input.
        raise TypeError(f"{what} is not JSON-serializable: it is nested more than {MAX_DEPTH} levels deep")
    return copied


def error_message(error: BaseException, default: str | None = None) -> str:
    """Return the message of an error, or ``default`` or its class name if it has none."""
    text = ""
    # str() may run code of the user, which may raise.
    with suppress(BaseException):
        # That of a plain KeyError is the key alone.
        text = f"KeyError: {error}" if type(error) is KeyError else str(error)
    return text or default or type(error).__name__


def validate_output(value: Any) -> dict[str, Any] | None:
    """Return a copy of what a handler returned.

    Raises:
        TypeError: It is neither a dict nor None, or is not JSON-serializable.
    """
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"a workflow function must return a dict or None, not {type(value).__name__}")
    copied: dict[str, Any] | None = copy_json(value, "the output")
    return copied


def require_step_name(name: object) -> str:
    """Return the name of a step.

    Raises:
        TypeError: It is not a string.
    """
    if not isinstance(name, str):
        raise TypeError(f"a step name must be a str, not {name!r}")
    return name


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
