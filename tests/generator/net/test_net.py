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


def check_same(*pairs: tuple[str, str, str]) -> None:
    """Fail with the difference between what was kept under a name and what there is now."""
    differences = [
        "\n".join(unified_diff(kept.splitlines(), found.splitlines(), f"{name} as kept", f"{name} now", "", "", 9))
        for name, kept, found in pairs
    ]
    if any(differences):
        pytest.fail("\n".join(filter(None, differences)), pytrace=False)


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_calls_send_and_return_what_they_did(file: Path) -> None:
    # Neither the order of arguments nor that of the members of a JSON object has a meaning.
    check_same((file.name, dump(load(file), sort_keys=True), dump(record(file), sort_keys=True)))


def test_generated_modules_are_those_that_were_kept() -> None:
    check_same(
        *(
            (str(file.relative_to(FOLDER)), file.read_text(encoding="utf-8"), content)
            for file, content in generate_modules().items()
        )
    )
