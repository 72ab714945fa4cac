"""A run as the server stores it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from eigenpal.testing._server.automations import AutomationKind
from eigenpal.testing._server.clock import format_timestamp
from eigenpal.testing._server.content import Content, UploadedFile

TERMINAL = frozenset({"completed", "failed", "cancelled", "rejected"})
STATUSES = ("created", "pending", "running", "waiting", "finalizing", "completed", "failed", "cancelled", "rejected")
NOT_STARTED = frozenset({"created", "pending"})


@dataclass
class InputFile:
    """An input file of a run."""

    id: str
    field: str
    file: UploadedFile


@dataclass
class Artifact:
    """A file that a run wrote."""

    id: str
    path: str
    content_type: str
    content: Content
    step: str | None = None

    @property
    def name(self) -> str:
        """Name without folders."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_output(self) -> bool:
        """Whether it is an output rather than a diagnostic."""
        return self.path.startswith("output/")


@dataclass
class StepState:
    """The state of a step of a workflow."""

    name: str
    status: str = "pending"
    output: Any = None
    error: str | None = None
    overridden: bool = False
    started_at: datetime | None = None
    completed_at: datetime | None = None


@dataclass
class Feedback:
    """Feedback of a reviewer on a run."""

    rating: str | None = None
    status: str | None = "open"
    body: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    resolved_at: datetime | None = None


@dataclass
class RunRecord:
    """A run, as the server stores it.

    Attributes:
        id: Id of the run.
        kind: ``"workflow"`` or ``"agent"``.
        source: What runs: ``id``, ``name`` and ``version``, as in the API.
        status: Status, such as ``"running"``.
        arguments: Values of the input that are not files.
        input_files: Files of the input, each with its ``field`` and ``file``, an `UploadedFile`.
        metadata: What was stored with the run.
        output: What the function returned, or None.
        error: Why the run failed, or None.
        artifacts: Files that the function wrote, by path.
        previous_run_id: Id of the run that this one repeats, or None.
    """

    number: int
    id: str
    kind: AutomationKind
    automation_id: str
    source: dict[str, Any]
    created_at: datetime
    arguments: dict[str, Any]
    input_files: list[InputFile]
    metadata: Any = None
    overrides: dict[str, Any] = field(default_factory=lambda: dict[str, Any]())
    version: str | None = None
    requested_ref: str | None = None
    definition: Any = None
    trigger: str | None = "api"
    triggered_by: dict[str, Any] | None = None
    email: dict[str, Any] | None = None
    batch_id: str | None = None
    example: str | None = None
    example_id: str | None = None
    score: float | None = None
    passed: bool | None = None
    annotation: str | None = None
    retry_number: int = 0
    previous_run_id: str | None = None
    next_run_id: str | None = None
    status: str = "created"
    started_at: datetime | None = None
    completed_at: datetime | None = None
    cancel_requested_at: datetime | None = None
    output: Any = None
    error: str | None = None
    schema_valid: bool | None = None
    steps: list[StepState] = field(default_factory=lambda: list[StepState]())
    artifacts: dict[str, Artifact] = field(default_factory=lambda: dict[str, Artifact]())
    trace: list[dict[str, Any]] = field(default_factory=lambda: list[dict[str, Any]]())
    usage: dict[str, Any] = field(default_factory=lambda: dict[str, Any]())
    executed_by: Literal["handler", "echo"] | None = None
    """What executes it: a handler, the echo of an agent without one, or None if a test added the run."""
    expected: Any = None
    expected_files: dict[str, Artifact] = field(default_factory=lambda: dict[str, Artifact]())
    feedback: Feedback | None = None

    @property
    def position(self) -> tuple[datetime, int]:
        """Its place among the runs: by creation time, and then by number."""
        return self.created_at, self.number

    @property
    def is_finished(self) -> bool:
        """Whether the run has reached a terminal status."""
        return self.status in TERMINAL

    @property
    def outputs(self) -> list[Artifact]:
        """The output files, without diagnostics."""
        return [artifact for artifact in self.artifacts.values() if artifact.is_output]

    @property
    def duration_ms(self) -> float | None:
        """Milliseconds from start to end."""
        if self.started_at is None or self.completed_at is None:
            return None
        return round((self.completed_at - self.started_at).total_seconds() * 1000)

    def enter(self, status: str, at: datetime) -> None:
        """Set the status, and add it to the trace."""
        self.status = status
        self.trace.append(make_trace_event("status", at, status=status))

    def step(self, name: str) -> StepState:
        """Return the step of this name; it is added if it does not exist."""
        for step in self.steps:
            if step.name == name:
                return step
        added = StepState(name)
        self.steps.append(added)
        return added

    def contents(self) -> list[Content]:
        """Return the contents of all files of the run."""
        return [
            *(file.file.stored_content for file in self.input_files),
            *(artifact.content for artifact in self.artifacts.values()),
            *(artifact.content for artifact in self.expected_files.values()),
        ]


def make_trace_event(kind: str, at: datetime, /, **details: Any) -> dict[str, Any]:
    """Return an event for the trace of a run."""
    return {
        "type": kind,
        "at": format_timestamp(at),
        **{name: value for name, value in details.items() if value is not None},
    }
