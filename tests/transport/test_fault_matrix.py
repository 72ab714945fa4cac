"""The fault matrix: no foreign exception, no run started twice, no truncated file, and as documented."""

from __future__ import annotations

import gc

import pytest

pytest.importorskip("cryptography")

from tests.support.event_loop import Kind

from .fault_matrix import DOCUMENT, FAULTS, FaultCase, FaultOutcome, Library, find_rows, format_row, run_cells

# The server did not process the request, so a start is retried.
RETRIED = ("429", "503")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_in_every_operation(kind: Kind, fault: FaultCase) -> None:
    check_fault(fault, kind, "package")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:httpx_aiohttp")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:aiohttp")
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize(("of_user", "library"), [("sync", "httpx2"), ("async", "httpx2"), ("async", "aiohttp")])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_with_a_client_of_the_user(of_user: Kind, library: Library, fault: FaultCase) -> None:
    pytest.importorskip("httpx_aiohttp" if library == "aiohttp" else library)
    check_fault(fault, of_user, library)
    if library == "aiohttp":
        # It does not wait until a connection is closed whose server does not read.
        gc.collect()


def check_fault(fault: FaultCase, kind: Kind, library: Library) -> None:
    text = DOCUMENT.read_text()
    # Any exception that is not an EigenpalError fails the test here.
    cells = run_cells(fault, kind, library=library)
    check_cells(fault, cells)
    if not is_documented(fault, cells, text):
        # A machine under load is too slow for times this short.
        cells = run_cells(fault, kind, slowdown=8.0, library=library)
        check_cells(fault, cells)
    assert is_documented(fault, cells, text), [format_row(fault, stays, cells) for stays in (False, True)]


def check_cells(fault: FaultCase, cells: dict[tuple[bool, str], FaultOutcome]) -> None:
    """Check what holds on slow machines too."""
    for (_, operation), cell in cells.items():
        assert cell.outcome != "HALF A FILE"
        if operation in ("start", "upload"):
            assert cell.starts_seen <= (2 if fault.name in RETRIED else 1)
        if operation == "download" and cell.outcome == "success":
            assert cell.leftovers == ("out.pdf",)
        else:
            # Only a part that the next download continues.
            assert cell.leftovers in ((), (".out.pdf.part",) if operation == "download" else ())
        if operation not in ("start", "upload"):
            assert "unknown" not in cell.outcome


def is_documented(fault: FaultCase, cells: dict[tuple[bool, str], FaultOutcome], text: str) -> bool:
    return all(format_row(fault, stays, cells) in find_rows(text, stays) for stays in {stays for stays, _ in cells})


def test_document_has_a_row_for_every_fault() -> None:
    text = DOCUMENT.read_text()
    for stays in (False, True):
        names = [fault.name for fault in FAULTS if stays or fault.can_pass]
        assert [row.split("|")[1].strip() for row in find_rows(text, stays)] == names
