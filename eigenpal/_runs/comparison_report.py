"""The report of ``runs.compare``: models like the generated ones, but created by the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from eigenpal_generated.base_models import Model
from eigenpal_generated.decoding import decode_str, make_list_decoder, make_nullable_decoder


class _Row(Model):
    """A list item of a report, whose fields are all text."""

    __slots__ = ()

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return dict.fromkeys(cls._wire_names, decode_str)


@frozen(eq=False, repr=False, kw_only=True)
class RunStepComparison(_Row):
    """Comparison of one step of two workflow runs."""

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
    """Status of the step in the compared run; ``missing`` if it has no such step."""
    output_state: Literal["match", "diff"]
    """``match`` if the outputs of the step are equal, otherwise ``diff``."""


@frozen(eq=False, repr=False, kw_only=True)
class RunJsonDifference(_Row):
    """One difference between the outputs of two agent runs."""

    _wire_names: ClassVar[Mapping[str, str]] = {"path": "path", "type": "type"}

    path: str
    """JSONPath of the value: ``$.customer.name``, or ``$['a.b']`` if a key contains a dot or bracket."""
    type: Literal["missing", "extra", "changed"]
    """``missing`` if only the reference has the value, ``extra`` if only the compared run has it, or ``changed``."""


@frozen(eq=False, repr=False, kw_only=True)
class RunMatchedFile(_Row):
    """An expected file and the file of the compared run with the same name."""

    _wire_names: ClassVar[Mapping[str, str]] = {"expected": "expected", "actual": "actual"}

    expected: str
    """Name of the expected file."""
    actual: str
    """Name of the file in the compared run."""


@frozen(eq=False, repr=False, kw_only=True)
class RunComparisonReport(Model):
    """Comparison of a run with a reference run.

    ``status`` is ``pass`` only if something was compared and everything matches. Other reasons for a ``fail``, such as
    an unfinished run, missing expectations, or a step that ran more often, are in ``warnings``.

    The report is also a mapping: ``report["status"]``, ``report["comparedWithRunId"]``. As a condition it is
    always true: write ``if report.status == "pass"``.
    """

    __slots__ = ()  # attrs adds those of the fields

    _defaults: ClassVar[Mapping[str, Any]] = {
        "mode": None,
        **{
            name: []
            for name in ("steps", "json_differences", "matched_files", "missing_files", "extra_files", "warnings")
        },
    }
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
    """``pass`` if something was compared and everything matches, otherwise ``fail``."""
    run_id: str
    """Id of the compared run."""
    compared_with_run_id: str
    """Id of the reference run."""
    mode: Literal["expected", "baseline"] | None = None
    """What an agent run was compared with: recorded expectations, or the reference run's own output."""
    steps: list[RunStepComparison] = field(factory=list["RunStepComparison"])
    """Steps of the reference run, in order; empty for agents."""
    json_differences: list[RunJsonDifference] = field(factory=list["RunJsonDifference"])
    """Differences between the outputs; empty for workflows."""
    matched_files: list[RunMatchedFile] = field(factory=list["RunMatchedFile"])
    """Expected files that the compared run has."""
    missing_files: list[str] = field(factory=list[str])
    """Names of expected files that the compared run does not have."""
    extra_files: list[str] = field(factory=list[str])
    """Names of files of the compared run that were not expected."""
    warnings: list[str] = field(factory=list[str])
    """Notes on the comparison, and the reason for a ``fail`` without differences."""

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        names = make_list_decoder(decode_str)
        return {
            "status": decode_str,
            "run_id": decode_str,
            "compared_with_run_id": decode_str,
            "mode": make_nullable_decoder(decode_str),
            "steps": make_list_decoder(RunStepComparison.from_dict),
            "json_differences": make_list_decoder(RunJsonDifference.from_dict),
            "matched_files": make_list_decoder(RunMatchedFile.from_dict),
            "missing_files": names,
            "extra_files": names,
            "warnings": names,
        }
