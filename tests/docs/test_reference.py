"""The reference pages are up to date, and describe every method and every model."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from eigenpal import errors, types
from tests.support.contract import SCHEMAS

ROOT = Path(__file__).parent.parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
MODELS = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")

OTHERS = {
    "AsyncRunBatch",
    "AsyncStream",
    "DownloadTarget",
    "FailedArtifact",
    "FileContent",
    "FileInput",
    "Issue",
    "Model",
    "Page",
    "RunBatch",
    "Progress",
    "SavedArtifact",
    "Stream",
    "StructuredTarget",
    "Target",
    "TypedFileContent",
}


def test_the_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_method_is_described_with_its_signature_and_an_example() -> None:
    sections = REFERENCE.split("\n## ")[1:-1]
    assert len(sections) > 60
    for section in sections:
        assert section.startswith("`client."), section
        assert section.count("```python") >= 2 or section.startswith("`client.close`"), section.splitlines()[0]
        assert "'str" not in section, section.splitlines()[0]


def test_every_attribute_of_an_error_is_described() -> None:
    run: Any = types.RunAccepted.from_dict({"id": "run_1", "type": "workflow", "finished": False})
    common = {*vars(errors.EigenpalError("text")), "issues"}
    sections = {section.partition("`")[0]: section for section in REFERENCE.split("\n### `")[1:]}
    assert sections.keys() == set(errors.__all__)
    for name in sections.keys() - {"Issue"}:
        kind: Any = getattr(errors, name)
        error: Exception = kind(run, "text") if kind is errors.EigenpalRunFailedError else kind("text")
        attributes = common if kind is errors.EigenpalError else vars(error).keys() - common
        assert set(re.findall(r"^\| `(\w+)` \|", sections[name], re.MULTILINE)) == attributes, name


def test_every_model_is_described() -> None:
    names = {name for name in dir(types) if name[0].isupper()}
    described = {line[4:-1] for line in MODELS.splitlines() if line.startswith("## `")}
    assert {"Run", "RunAccepted", "ExecutionStatus", "RunStartResponse", "RunArtifact"} <= described
    # The rest are not models: files and streams, targets, and the result of download_all.
    assert {name for name in names - described if not name.startswith(("decode_", "_"))} <= OTHERS


def find_headings(page: str) -> set[str]:
    """Return the anchors that GitHub generates for the headings."""
    titles = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_link_leads_to_a_heading() -> None:
    pages = {"reference.md": REFERENCE, "models.md": MODELS}
    seen = 0
    for name, page in pages.items():
        for target, anchor in re.findall(r"\]\(([\w.]*)(?:#([^)]*))?\)", page):
            assert (target or name) in pages, target
            assert not anchor or anchor in find_headings(pages[target or name]), f"{name}: {target}#{anchor}"
            seen += 1
    assert seen > 300


def test_every_field_is_described() -> None:
    # The fields that there are facts about; `make gaps` lists the others.
    known = {(name, fact["python"]) for name, facts in SCHEMAS.items() for fact in facts.get("fields", [])}
    seen = 0
    for section in MODELS.split("\n## `")[1:]:
        for field, meaning in re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", section, re.MULTILINE):
            place = section.partition("`")[0], field
            assert place not in known or meaning.endswith("."), place
            seen += place in known
    assert seen > 350
    assert "``" not in re.sub(r"```.*?```", "", MODELS + REFERENCE, flags=re.DOTALL)


def test_text_after_a_list_is_not_part_of_the_list() -> None:
    assert "observability data.\n\n  Defaults to none." in REFERENCE
