"""What a workflow function may use while it runs: steps, artifacts, progress and time."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, cast

from eigenpal.testing._server.bodies import DEEPEST, depth_exceeds
from eigenpal.testing._server.content import Content, guess_content_type, last_component
from eigenpal.testing._server.run import Artifact, Run, StepState, trace_event

Effect = Callable[[Run], None]


class RunRejected(Exception):
    """Raised by a workflow function to end its run as ``rejected`` rather than ``failed``."""


class Recorder(Protocol):
    """Takes what a function did, to be seen from a moment on."""

    def record(self, moment: datetime, effect: Effect) -> None:
        """Plan an effect."""
        ...

    def elapsed(self, told: timedelta) -> timedelta:
        """Return how long a function has been at work that has told of this much time so far."""
        ...

    def moment(self, told: timedelta) -> datetime:
        """Return when it is, for a function that has told of this much time so far."""
        ...

    def new_id(self, prefix: str) -> str:
        """Return an unused id."""
        ...


class RunContext:
    """The third argument of a workflow function.

    Time is told, not spent: ``take(5)`` returns at once, and what follows is seen by clients when the server's clock
    has moved on by five seconds. So a run that takes an hour is tested in no time, and in the same way every time.

    Attributes:
        run_id: The id of the run.
        kind: ``"workflow"`` or ``"agent"``.
        slug: The slug of what is run.
        version: The release that is run; None if there is none.
        metadata: The metadata the run was started with.

    Example:
        >>> @server.workflow("extract-invoice", steps=["read", "extract"])  # doctest: +SKIP
        ... def extract(input, files, context):
        ...     text = context.step("read", lambda: {"text": files["invoice"].text()}, seconds=2)
        ...     context.artifact("invoice.txt", text["text"])
        ...     return context.step("extract", {"total": 10}, seconds=1)
    """

    def __init__(self, run: Run, slug: str, recorder: Recorder) -> None:
        self.run_id: str = run.id
        self.kind: Literal["workflow", "agent"] = run.kind
        self.slug: str = slug
        self.version: str | None = run.version
        self.metadata: Any = run.metadata
        self._run = run
        self._recorder = recorder
        self._taken = timedelta(0)
        self._steps: list[str] = []
        self.reported: set[str] = set()
        self._overrides: Mapping[str, Any] = run.overrides.get("steps") or {}

    @property
    def cancelled(self) -> bool:
        """Whether someone has asked for the run to be cancelled."""
        return self._run.cancel_requested_at is not None

    @property
    def moment(self) -> datetime:
        """When, on the server's clock, what happens next will be seen."""
        return self._recorder.moment(self._taken)

    @property
    def seconds_taken(self) -> float:
        """How many seconds the run has taken so far."""
        return self._recorder.elapsed(self._taken).total_seconds()

    def take(self, seconds: float, *, status: Literal["running", "waiting", "finalizing"] | None = None) -> None:
        """Let time pass on the server's clock; the function itself does not wait.

        Args:
            seconds: How long, not negative.
            status: The status of the run during that time, ``running`` if left out.

        Raises:
            ValueError: The number is negative or beyond what a clock can show, or there is no such status.

        Example:
            >>> context.take(30, status="waiting")  # doctest: +SKIP
        """
        if status not in (None, "running", "waiting", "finalizing"):
            raise ValueError(f"a run at work is running, waiting or finalizing, not {status!r}")
        try:
            taken = self._taken + timedelta(seconds=seconds)
            self._recorder.moment(taken)
        except (ValueError, OverflowError):
            raise ValueError(f"a run cannot take {seconds} seconds") from None
        if seconds < 0:
            raise ValueError(f"a run cannot take {seconds} seconds")
        if status is not None:
            self._enter(status)
        self._taken = taken
        if status not in (None, "running"):
            self._enter("running")

    def step(self, name: str, produce: Any = None, *, seconds: float = 0.0) -> Any:
        """Do one step and report it.

        Args:
            name: The name of the step, usually one of those the workflow was registered with.
            produce: The step's output, or a function without arguments that returns it.
            seconds: How long the step takes on the server's clock.

        Returns:
            The output; if the run was started with an override for this step, that one, and ``produce`` is not called.

        Raises:
            TypeError: The name is no text, or the output cannot be sent as JSON.

        Example:
            >>> text = context.step("read", lambda: {"text": "..."}, seconds=2)  # doctest: +SKIP
        """
        _need_name(name)
        if name in self._overrides:
            output: Any = self._overrides[name]
            self._report(name, output, overridden=True)
            return output
        with self.working_on(name):
            self.take(seconds)
            output = produce() if callable(produce) else produce
            self._report(name, json_copy(output, f"the output of step {name!r}"))
        return output

    @contextmanager
    def working_on(self, name: str) -> Generator[None, None, None]:
        """Report a step as running for the length of a block, and as failed if the block raises.

        Args:
            name: The name of the step.

        Raises:
            TypeError: The name is no text.
        """
        _need_name(name)
        self.reported.add(name)
        self._steps.append(name)
        at = self.moment
        self._record(lambda run: _begin(run, name, at))
        try:
            yield
        except BaseException as error:
            failed_at, text = self.moment, told(error)
            self._record(lambda run: _fail(run, name, failed_at, text))
            raise
        finally:
            self._steps.pop()
        ended_at = self.moment
        self._record(lambda run: _end(run, name, ended_at))

    def progress(self, fraction: float | None = None, message: str | None = None) -> None:
        """Report how far the current step got; it is seen in the trace of the run.

        Args:
            fraction: Between 0 and 1.
            message: In words.

        Raises:
            TypeError: One of them cannot be sent as JSON.
        """
        step = self._steps[-1] if self._steps else None
        self._trace("progress", {"step": step, "fraction": fraction, "message": message})

    def log(self, message: str, **details: Any) -> None:
        """Add an event to the trace of the run.

        Args:
            message: In words.
            **details: Whatever else the event shall hold; JSON values.

        Raises:
            TypeError: One of them cannot be sent as JSON.
            ValueError: A detail is called ``type`` or ``at``, which every event has already.
        """
        taken = details.keys() & {"type", "at"}
        if taken:
            raise ValueError(f"{taken.pop()!r} is part of every event; give the detail another name")
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
            name: Its name; slashes make folders.
            content: Its bytes, or text that is sent as UTF-8.
            content_type: Its media type; guessed from the name, if left out.
            step: The step it belongs to; the one being done, if left out.
            diagnostic: Whether it goes to the root, beside ``trace.jsonl``, rather than under ``output/``.

        Returns:
            The path to download it by.

        Raises:
            TypeError: The content is neither bytes nor text.
            ValueError: The name or the step is empty or holds ``.`` or ``..``, or the content type cannot be sent.

        Example:
            >>> context.artifact("lines.csv", "Desk,900")  # doctest: +SKIP
            'output/lines.csv'
        """
        if content_type is not None and not (content_type.isascii() and content_type.isprintable()):
            raise ValueError(f"{content_type!r} is no content type: it cannot stand in a header")
        # Anything else would have become bytes somehow: a number that many zeros.
        if not isinstance(cast("object", content), (str, bytes, bytearray, memoryview)):
            raise TypeError(f"the content of an artifact is bytes or text, not {type(content).__name__}")
        current = step or (self._steps[-1] if self._steps else None)
        folder = "" if diagnostic else f"output/{current}/" if current is not None else "output/"
        path = f"{folder}{name}"
        if any(piece in ("", ".", "..") for piece in path.split("/")) or not _is_text(path):
            reason = f"{path!r} holds an empty piece, '.' or '..', or what is no text"
            raise ValueError(f"{name!r} is no name for an artifact: {reason}")
        written = Artifact(
            id=self._recorder.new_id("fil"),
            path=path,
            content_type=content_type or guess_content_type(last_component(name)),
            content=Content.of(content.encode() if isinstance(content, str) else bytes(content)),
            step=None if diagnostic else current,
        )

        def keep(run: Run) -> None:
            run.artifacts[written.path] = written

        self._record(keep)
        return written.path

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
        """State what the run has used up; it is seen with ``expand=usage``.

        Args:
            input_tokens: Tokens read by models.
            output_tokens: Tokens written by models.
            credits_charged: Credits charged.
            llm_calls: Calls of models.
            pages: Pages read by OCR.
            turns: Turns an agent took.

        Raises:
            TypeError: One of them is not a number.
        """
        given = {
            "input": input_tokens,
            "output": output_tokens,
            "creditsCharged": credits_charged,
            "llmCallCount": llm_calls,
            "ocrPagesProcessed": pages,
            "agentTurns": turns,
        }
        used = {name: value for name, value in given.items() if value is not None}
        for name, value in used.items():
            if type(value) not in (int, float) or not math.isfinite(value):
                raise TypeError(f"{name} is used up in numbers, not in {value!r}")
        self._record(lambda run: run.usage.update(used))

    def _trace(self, kind: str, details: dict[str, Any]) -> None:
        event = trace_event(kind, self.moment, **json_copy(details, f"a {kind} event"))
        self._record(lambda run: run.trace.append(event))

    def _enter(self, status: str) -> None:
        event = trace_event("status", self.moment, status=status)

        def effect(run: Run) -> None:
            run.status = status
            run.trace.append(event)

        self._record(effect)

    def _report(self, name: str, output: Any, *, overridden: bool = False) -> None:
        self.reported.add(name)
        at = self.moment

        def keep(run: Run) -> None:
            if overridden:
                _begin(run, name, at)
                _end(run, name, at)
            step = run.step(name)
            step.output, step.overridden = output, overridden

        self._record(keep)

    def _record(self, effect: Effect) -> None:
        self._recorder.record(self.moment, effect)


def _begin(run: Run, name: str, at: datetime) -> None:
    step = run.step(name)
    step.status, step.started_at = "running", at
    run.trace.append(trace_event("step", at, step=name, status="running"))


def _end(run: Run, name: str, at: datetime) -> None:
    step: StepState = run.step(name)
    step.status, step.completed_at = "completed", at
    run.trace.append(trace_event("step", at, step=name, status="completed"))


def _fail(run: Run, name: str, at: datetime, text: str) -> None:
    step = run.step(name)
    step.status, step.completed_at, step.error = "failed", at, text
    run.trace.append(trace_event("step", at, step=name, status="failed", error=text))


def json_copy(value: Any, what: str) -> Any:
    """Return a value as a client will see it, so that nobody can change it any more.

    Raises:
        TypeError: It cannot be sent as JSON.
    """
    try:
        text = json.dumps(value, allow_nan=False)
        copied: Any = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"{what} cannot be sent as JSON: {error}") from None
    if text.count("[") + text.count("{") > DEEPEST and depth_exceeds(copied):
        # What is still sent from here may be too deep for the stack of a reader, or come back as an input.
        raise TypeError(f"{what} cannot be sent as JSON: it is nested more than {DEEPEST} levels deep")
    return copied


def told(error: BaseException, otherwise: str | None = None) -> str:
    """Return what an error says; if it says nothing or cannot speak, ``otherwise`` or what it is called."""
    text = ""
    # The error comes from a user's function, and so does the code that tells about it.
    with suppress(BaseException):
        text = str(error)
    return text or otherwise or type(error).__name__


def _need_name(name: object) -> None:
    if not isinstance(name, str):
        raise TypeError(f"a step is called by its name, a text, not by {name!r}")


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def checked_output(value: Any) -> dict[str, Any] | None:
    """Return a copy of what a workflow function returned: an object or None.

    Raises:
        TypeError: It is neither, or cannot be sent as JSON.
    """
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"a workflow function returns a dict or None, not {type(value).__name__}")
    copied: dict[str, Any] | None = json_copy(value, "the output")
    return copied
