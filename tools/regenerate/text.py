"""Title, label and body of the pull request."""

from __future__ import annotations

from tools.regenerate.escaping import escape_markup, fence
from tools.regenerate.outcome import Outcome, Status, Step
from tools.regenerate.report import SUMMARIES
from tools.regenerate.repository import BRANCH, MAIN

LONGEST = 65_536
"""The maximum number of characters that GitHub takes for the body of a pull request."""

NO_REPORT = "unusable"
LABELS = {
    "breaking": ("b60205", "Code that uses the SDK has to change"),
    "behavior": ("d93f0b", "The same code does something else"),
    "additions": ("0e8a16", "Only additions to the SDK"),
    "texts": ("c5def5", "Only texts of the SDK changed"),
    "nothing": ("ededed", "Nothing in the SDK changed"),
    NO_REPORT: ("000000", "There is no change report of the new document"),
}
"""Color and description of the labels."""
PREFIX = "api: "

_REMEDIES = {
    "generate": (
        "The pull request holds the new document and nothing that is generated from it. Change `openapi/overlay.yaml` "
        "as it says below and as docs/how-to/changing-the-api.md explains, and run `make generate`. If the file is no "
        "OpenAPI document at all, it has to be published again."
    ),
    "check": "Fix what it says.",
    "test": "Bring the tests, and `eigenpal/` where it needs it, up to date with the API.",
}


def make_label(outcome: Outcome) -> str:
    """Return the name of the label."""
    return PREFIX + (outcome.verdict or NO_REPORT)


def make_subject(outcome: Outcome) -> str:
    """Return the message of the commit. It has no text of the document, which could close issues or skip CI."""
    return f"Regenerate from the API document: {_summarize(outcome)}"


def make_title(outcome: Outcome) -> str:
    """Return the title of the pull request."""
    return make_subject(outcome) + ("" if outcome.is_done else " (work left to do)")


def make_body(outcome: Outcome, *, is_shared: bool = False, commits_behind: int = 0) -> str:
    """Return the body, in Markdown, at most as long as GitHub allows.

    Args:
        outcome: What the job did.
        is_shared: Whether somebody else committed to the branch.
        commits_behind: How many commits the branch lacks that the main branch has.
    """
    summary = _summarize(outcome)
    version = f" Version: {outcome.version}" if outcome.version else ""
    parts = [f"**{summary[0].upper()}{summary[1:]}.**{version}"]
    passed = [f"`make {step.target}`" for step in outcome.steps if step.status is Status.PASSED]
    if passed:
        parts.append(f"Passed: {', '.join(passed)}.")
    if is_shared:
        parts.append("This branch has commits by others. They are kept: the job adds its commits on top of them.")
    left = _describe_remaining(outcome, commits_behind)
    if left:
        parts += ["## Left to do", *left]
    own = escape_markup("\n\n".join(parts))
    return f"{own}\n\n{_fit(outcome.report, LONGEST - len(own) - 2)}".rstrip() + "\n"


def _summarize(outcome: Outcome) -> str:
    if outcome.verdict:
        return SUMMARIES[outcome.verdict]
    is_generated = outcome.steps[0].status is Status.PASSED
    return "there is no change report" if is_generated else "the document cannot be used as it is"


def _describe_remaining(outcome: Outcome, commits_behind: int) -> list[str]:
    """Describe what somebody has to do, the first thing first."""
    left = [text for step in outcome.steps for text in _describe_step(step)]
    if outcome.no_report and outcome.steps[0].status is not Status.FAILED:
        left += ["- **There is no change report.**", fence(_shorten(outcome.no_report))]
    if outcome.is_changelog_doubled:
        left.append(
            "- **CHANGELOG.md**: the lines of an earlier run were rewritten by hand and kept, and the API changed "
            "since. The new lines are below them; make one of both."
        )
    if commits_behind:
        left.append(f"- **Merge `{MAIN}` into `{BRANCH}`**, which lacks {commits_behind} of its commits.")
    if left:
        left.append(
            f"Push to the branch `{BRANCH}`, and run the workflow again. It keeps your commits, brings version and "
            "changelog up to date, and updates this text."
        )
    return left


def _describe_step(step: Step) -> list[str]:
    command = f"`make {step.target}`"
    if step.status is Status.FAILED:
        return [f"- **{command} failed.** {_REMEDIES[step.target]}", fence(_shorten(step.output))]
    if step.status is Status.SKIPPED:
        return [f"- **{command} was not run**, because nothing was generated."]
    if step.status is Status.UNFINISHED:
        return [f"- **{command} was not run to its end.** See the log of the workflow, and run it again."]
    return []


_LONGEST_OUTPUT = 12_000


def _shorten(output: str) -> str:
    """Make sure that the outputs of all steps fit into a body."""
    if len(output) <= _LONGEST_OUTPUT:
        return output
    half = _LONGEST_OUTPUT // 2
    return f"{output[:half]}\n...\n{output[-half:]}"


def _fit(report: str, room: int) -> str:
    """Cut a report before the first section that does not fit, or, if that is most of it, within that section."""
    if len(report) <= room:
        return report
    # It stands first, because what follows may be cut within a code block.
    note = (
        "**The report is longer than a pull request can be.** All of it is printed by "
        "`python -m generator.changes origin/main openapi/openapi.yaml`. Its beginning:\n\n"
    )
    kept = report[: room - len(note)]
    whole_sections = kept.rpartition("\n#")[0]
    if len(whole_sections) < len(kept) // 2:
        whole_sections = kept.rpartition("\n")[0]
    return note + whole_sections
