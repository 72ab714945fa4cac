"""Documents in the styles of many servers, with the calls, requests and results that OpenAPI says they must have.

The tables were written by hand, from the documents alone.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.lowering import lower
from generator.problems import Report
from generator.reading import read_document
from generator.rendering import draft
from tests.generator.net.by_hand import align_call, reduce_call
from tests.generator.net.notation import dump, load
from tests.generator.net.recorder import record
from tests.generator.net.test_net import check_same

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
DOCUMENTS = sorted(Path(__file__).with_name("documents").iterdir())


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_calls_send_and_return_what_the_document_says(file: Path) -> None:
    kept, found = load(file), record(file)
    if "server" in kept:
        assert found["server"] == kept["server"]
    expected = [reduce_call(call) for call in kept["calls"]]
    actual = [reduce_call(call) for call in found["calls"]]
    aligned = [align_call(*pair) for pair in zip(expected, actual, strict=True)]
    check_same((file.name, dump(expected, sort_keys=True), dump(aligned, sort_keys=True)))


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.stem for document in DOCUMENTS])
def test_a_lowered_document_becomes_the_same_package(document: Path) -> None:
    spec = read_document(document)
    assert draft(json.loads(json.dumps(lower(spec, Report())))) == draft(spec)
