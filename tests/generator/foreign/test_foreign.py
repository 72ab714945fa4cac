"""Documents in the styles of many servers, with the calls, requests and results that OpenAPI says they must have.

The tables were written by hand, from the documents alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.net.by_hand import align_call, reduce_call
from tests.generator.net.notation import dump, load
from tests.generator.net.recorder import record
from tests.generator.net.test_net import check_same

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
READY: tuple[str, ...] = ()
"""The files whose documents the generator takes. The others are skipped."""


def make_parameter(file: Path) -> object:
    reason = "the generator does not take such documents yet; add the file to READY when it does"
    marks = [] if file.stem in READY else [pytest.mark.skip(reason=reason)]
    return pytest.param(file, id=file.stem, marks=marks)


@pytest.mark.parametrize("file", [make_parameter(file) for file in FILES])
def test_calls_send_and_return_what_the_document_says(file: Path) -> None:
    kept, found = load(file), record(file)
    if "server" in kept:
        assert found["server"] == kept["server"]
    expected = [reduce_call(call) for call in kept["calls"]]
    actual = [reduce_call(call) for call in found["calls"]]
    aligned = [align_call(*pair) for pair in zip(expected, actual, strict=True)]
    check_same((file.name, dump(expected, sort_keys=True), dump(aligned, sort_keys=True)))
