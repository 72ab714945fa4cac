"""What ``runs.compare`` returns: models like the generated ones, of an object that never travels on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeVar, cast

from attrs import field, frozen

from eigenpal_generated.runtime import Model, decode_field, decode_list, decode_object, decode_str

_TModel = TypeVar("_TModel", bound=Model)
_TRow = TypeVar("_TRow", bound="_Row")


def _with_raw(model: _TModel, raw: dict[str, Any]) -> _TModel:
    """Give a model the mapping it was made from, so that it holds no other keys than that."""
    object.__setattr__(model, "_raw", raw)  # past the freezing of attrs
    return model


class _Row(Model):
    """A row whose fields are all text."""

    __slots__ = ()

    @classmethod
    def from_dict(cls: type[_TRow], raw: Any) -> _TRow:
        """Read a row of a report."""
        data = decode_object(raw)
        fields = {name: decode_field(wire, decode_str, data.get(wire)) for name, wire in cls._wire_names.items()}
        return _with_raw(cls(**fields), data)


@frozen(eq=False, repr=False, kw_only=True)
class RunStepComparison(_Row):
    """One step of two workflow runs, side by side."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "step_name": "stepName",
        "reference_status": "referenceStatus",
        "target_status": "targetStatus",
        "output_state": "outputState",
    }

    step_name: str
    """Name of the step."""
    reference_status: str
    """Status of the step in the reference run."""
    target_status: str
    """Status of the step in the compared run, ``missing`` where that has no such step."""
    output_state: Literal["match", "diff"]
    """Whether the outputs of the step are equal (``match``) or not (``diff``)."""


@frozen(eq=False, repr=False, kw_only=True)
class RunJsonDifference(_Row):
    """One place in which the outputs of two agent runs differ."""

    _wire_names: ClassVar[Mapping[str, str]] = {"path": "path", "type": "type"}

    path: str
    """The place, from ``$`` downwards: ``$.customer.name``, or ``$['a.b']`` where a key holds a dot or bracket."""
    type: Literal["missing", "extra", "changed"]
    """What is so there: ``missing`` in the compared run, ``extra`` in it, or ``changed``."""


@frozen(eq=False, repr=False, kw_only=True)
class RunMatchedFile(_Row):
    """Two files taken to be the same by their names."""

    _wire_names: ClassVar[Mapping[str, str]] = {"expected": "expected", "actual": "actual"}

    expected: str
    """Its name among the expected files."""
    actual: str
    """Its name among the files of the compared run."""


@frozen(eq=False, repr=False, kw_only=True)
class RunComparisonReport(Model):
    """How a run compares with a reference run.

    ``status`` is ``pass`` only where something was compared and all of it agreed. Whatever else kept it from passing,
    an unfinished or failed run, missing expectations, a step that ran more often, stands in ``warnings``.

    Also a mapping by the documented names: ``report["status"]``, ``report["comparedWithRunId"]``.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "status": "status",
        "run_id": "runId",
        "compared_with_run_id": "comparedWithRunId",
        "mode": "mode",
        "steps": "steps",
        "json_differences": "jsonDifferences",
        "matched_files": "matchedFiles",
        "missing_files": "missingFiles",
        "extra_files": "extraFiles",
        "warnings": "warnings",
    }

    status: Literal["pass", "fail"]
    """Whether something was compared and all of it agreed."""
    run_id: str
    """The compared run."""
    compared_with_run_id: str
    """The reference run."""
    mode: Literal["expected", "baseline"] | None = None
    """What an agent run was compared with: recorded expectations, or the reference run's own output."""
    steps: list[RunStepComparison] = field(factory=list["RunStepComparison"])
    """The steps of the reference run in their order; empty for agents."""
    json_differences: list[RunJsonDifference] = field(factory=list["RunJsonDifference"])
    """Where the outputs of agent runs differ."""
    matched_files: list[RunMatchedFile] = field(factory=list["RunMatchedFile"])
    """Files that were expected and are there."""
    missing_files: list[str] = field(factory=list[str])
    """Names of files that were expected and are not there."""
    extra_files: list[str] = field(factory=list[str])
    """Names of files that are there and were not expected."""
    warnings: list[str] = field(factory=list[str])
    """What the reader should know beyond the differences; a comparison that failed without any says why here."""

    @classmethod
    def from_dict(cls, raw: Any) -> RunComparisonReport:
        """Read a report, for example one that was stored as JSON."""
        data = decode_object(raw)
        report = cls(
            status=cast("Any", decode_field("status", decode_str, data.get("status"))),
            run_id=decode_field("runId", decode_str, data.get("runId")),
            compared_with_run_id=decode_field("comparedWithRunId", decode_str, data.get("comparedWithRunId")),
            mode=data.get("mode"),
            steps=decode_list("steps", RunStepComparison.from_dict, data.get("steps", [])),
            json_differences=decode_list(
                "jsonDifferences", RunJsonDifference.from_dict, data.get("jsonDifferences", [])
            ),
            matched_files=decode_list("matchedFiles", RunMatchedFile.from_dict, data.get("matchedFiles", [])),
            missing_files=decode_list("missingFiles", decode_str, data.get("missingFiles", [])),
            extra_files=decode_list("extraFiles", decode_str, data.get("extraFiles", [])),
            warnings=decode_list("warnings", decode_str, data.get("warnings", [])),
        )
        return _with_raw(report, data)
