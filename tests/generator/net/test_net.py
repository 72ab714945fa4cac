"""Whatever changes inside the generator, its packages send the same requests and return the same results.

The data files here hold calls, the requests that they must put on the wire, and what the answers must become; `golden/`
holds generated modules. ``python -m tests.generator.net`` records all of it anew, after a change that is meant.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from tests.generator.net.__main__ import FILES
from tests.generator.net.golden import FOLDER, generate_modules
from tests.generator.net.notation import dump, load
from tests.generator.net.recorder import record


def compare(name: str, kept: str, found: str) -> str:
    """Return the difference; empty if there is none."""
    return "\n".join(unified_diff(kept.splitlines(), found.splitlines(), f"{name} as kept", f"{name} now", "", "", 9))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_calls_send_and_return_what_they_did(file: Path) -> None:
    # Neither the order of arguments nor that of the members of a JSON object has a meaning.
    kept, found = dump(load(file), sort_keys=True), dump(record(file), sort_keys=True)
    assert compare(file.name, kept, found) == ""


def test_generated_modules_are_those_that_were_kept() -> None:
    differences = [
        compare(str(file.relative_to(FOLDER)), file.read_text(encoding="utf-8"), content)
        for file, content in generate_modules().items()
    ]
    assert "\n".join(filter(None, differences)) == ""
