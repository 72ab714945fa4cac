"""The fault matrix, cell by cell: nothing raw, nothing doubled, nothing half, and as docs/reliability.md says."""

from __future__ import annotations

import pytest

pytest.importorskip("cryptography")

from .fault_matrix import DOCUMENT, FAULTS, Cell, Fault, documented, line_of, rows
from .harness import Kind

# Where the server says that it did not take the request, a start may be sent once more.
REFUSED = ("429", "503")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_in_every_operation(kind: Kind, fault: Fault) -> None:
    text = DOCUMENT.read_text()
    # Whatever is raised that is no EigenpalError ends the test here.
    cells = rows(fault, kind)
    check(fault, cells)
    if not is_documented(fault, cells, text):
        # A machine under load is too slow for times this short.
        cells = rows(fault, kind, pace=8.0)
        check(fault, cells)
    assert is_documented(fault, cells, text), [line_of(fault, stays, cells) for stays in (False, True)]


def check(fault: Fault, cells: dict[tuple[bool, str], Cell]) -> None:
    """What holds however slow the machine is."""
    for (_, operation), cell in cells.items():
        assert cell.outcome != "HALF A FILE"
        if operation in ("start", "upload"):
            assert cell.starts_seen <= (2 if fault.name in REFUSED else 1)
        was_written = operation == "download" and cell.outcome == "answered"
        assert cell.leftovers == (("out.pdf",) if was_written else ())
        if operation not in ("start", "upload"):
            assert "unknown" not in cell.outcome


def is_documented(fault: Fault, cells: dict[tuple[bool, str], Cell], text: str) -> bool:
    return all(line_of(fault, stays, cells) in documented(text, stays) for stays in {stays for stays, _ in cells})


def test_the_document_has_a_line_for_every_fault_and_no_other() -> None:
    text = DOCUMENT.read_text()
    for stays in (False, True):
        names = [fault.name for fault in FAULTS if stays or fault.happens_once]
        assert [line.split("|")[1].strip() for line in documented(text, stays)] == names
