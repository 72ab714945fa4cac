"""A run as the server stores it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from eigenpal.testing._server.automations import AutomationKind
from eigenpal.testing._server.clock import format_exact_timestamp, format_timestamp, parse_timestamp
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
    """A run."""

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
    executed_by: Literal["function", "echo"] | None = None
    """What executes it: a handler, the echo of an agent without one, or None if a test added the run."""
    expected: Any = None
    expected_files: dict[str, Artifact] = field(default_factory=lambda: dict[str, Artifact]())
    feedback: Feedback | None = None

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

    def to_storage(self) -> dict[str, Any]:
        """Return the values to store; contents are referenced by digest."""
        values = {name: value for name, value in vars(self).items() if name not in _CONVERTED_FIELDS}
        return {
            **values,
            **{name: format_exact_timestamp(getattr(self, name)) for name in _DATETIME_FIELDS},
            "steps": [_step_to_storage(step) for step in self.steps],
            "input_files": [
                {
                    "id": file.id,
                    "field": file.field,
                    "filename": file.file.filename,
                    "content_type": file.file.content_type,
                    "content": file.file.stored_content.sha256,
                }
                for file in self.input_files
            ],
            "artifacts": [_artifact_to_storage(path, artifact) for path, artifact in self.artifacts.items()],
            "expected_files": [_artifact_to_storage(name, item) for name, item in self.expected_files.items()],
            "feedback": None if self.feedback is None else _feedback_to_storage(self.feedback),
        }

    def contents(self) -> list[Content]:
        """Return the contents that the stored values reference."""
        return [
            *(file.file.stored_content for file in self.input_files),
            *(artifact.content for artifact in self.artifacts.values()),
            *(item.content for item in self.expected_files.values()),
        ]

    @classmethod
    def from_storage(cls, document: Mapping[str, Any], contents: Mapping[str, Content]) -> RunRecord:
        """Return the run for stored values."""
        values = dict(document)
        for name in _DATETIME_FIELDS:
            values[name] = _parse_optional(values[name])
        values["steps"] = [_step_from_storage(step) for step in values["steps"]]
        values["input_files"] = [
            InputFile(
                file["id"],
                file["field"],
                UploadedFile(file["filename"], contents[file["content"]], file["content_type"]),
            )
            for file in values["input_files"]
        ]
        for name in ("artifacts", "expected_files"):
            values[name] = {value["key"]: _artifact_from_storage(value, contents) for value in values[name]}
        if values["feedback"] is not None:
            values["feedback"] = _feedback_from_storage(values["feedback"])
        return cls(**values)


_DATETIME_FIELDS = ("created_at", "started_at", "completed_at", "cancel_requested_at")
_CONVERTED_FIELDS = frozenset({*_DATETIME_FIELDS, "steps", "input_files", "artifacts", "expected_files", "feedback"})


def _parse_optional(text: str | None) -> datetime | None:
    return None if text is None else parse_timestamp(text)


def _step_to_storage(step: StepState) -> dict[str, Any]:
    return {
        **vars(step),
        "started_at": format_exact_timestamp(step.started_at),
        "completed_at": format_exact_timestamp(step.completed_at),
    }


def _step_from_storage(document: Mapping[str, Any]) -> StepState:
    values = dict(document)
    for name in ("started_at", "completed_at"):
        values[name] = _parse_optional(values[name])
    return StepState(**values)


def _artifact_to_storage(key: str, artifact: Artifact) -> dict[str, Any]:
    return {**vars(artifact), "key": key, "content": artifact.content.sha256}


def _artifact_from_storage(document: Mapping[str, Any], contents: Mapping[str, Content]) -> Artifact:
    values = {name: value for name, value in document.items() if name != "key"}
    values["content"] = contents[values["content"]]
    return Artifact(**values)


def _feedback_to_storage(feedback: Feedback) -> dict[str, Any]:
    datetimes = {name: format_exact_timestamp(getattr(feedback, name)) for name in _FEEDBACK_DATETIME_FIELDS}
    return {**vars(feedback), **datetimes}


def _feedback_from_storage(document: Mapping[str, Any]) -> Feedback:
    values = dict(document)
    for name in _FEEDBACK_DATETIME_FIELDS:
        values[name] = _parse_optional(values[name])
    return Feedback(**values)


_FEEDBACK_DATETIME_FIELDS = ("created_at", "updated_at", "resolved_at")


def make_trace_event(kind: str, at: datetime, /, **details: Any) -> dict[str, Any]:
    """Return an event for the trace of a run."""
    return {
        "type": kind,
        "at": format_timestamp(at),
        **{name: value for name, value in details.items() if value is not None},
    }
