"""What the job did, kept in a file from one `make` target to the next."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from tools.regenerate.errors import JobError

FOLDER = Path(".cache") / "regenerate"
_FILE = FOLDER / "outcome.json"


class Status(str, Enum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNFINISHED = "unfinished"
    """Interrupted, or not begun because an earlier one was."""


@dataclass
class Step:
    """A `make` target that the job runs."""

    target: str
    status: Status = Status.UNFINISHED
    output: str = ""
    """What it printed, if it failed: the end of it, or of a long list of problems the beginning."""


@dataclass
class Outcome:
    """Everything that the pull request says."""

    verdict: str = ""
    """That of the change report; empty if there is none."""
    report: str = ""
    """The change report, in Markdown."""
    no_report: str = ""
    """Why there is no report, although something changed."""
    version: str = ""
    """A sentence on the version."""
    is_changelog_doubled: bool = False
    """Whether the changelog has the changes twice, because somebody rewrote those of an earlier run."""
    steps: list[Step] = field(default_factory=list[Step])

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not self.no_report and all(step.status is Status.PASSED for step in self.steps)

    def save(self, root: Path) -> None:
        """Write the outcome to its file."""
        path = root / _FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def load(cls, root: Path) -> Outcome:
        """Read the outcome from its file.

        Raises:
            JobError: There is none.
        """
        path = root / _FILE
        if not path.exists():
            raise JobError("Nothing was regenerated; run `make regenerate` first.")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        steps = [Step(step["target"], Status(step["status"]), step["output"]) for step in found.pop("steps")]
        return cls(**found, steps=steps)

    @staticmethod
    def remove(root: Path) -> None:
        """Forget the outcome of an earlier run."""
        (root / _FILE).unlink(missing_ok=True)
