from __future__ import annotations

import httpx
import pytest

from eigenpal.testing import EigenpalServer
from tests.support.invoices import add_invoice_workflow

from .conftest import Http


@pytest.fixture(autouse=True)
def invoices(server: EigenpalServer) -> None:
    add_invoice_workflow(server)


def extract(http: Http, filename: str, content: bytes) -> httpx.Response:
    return http.run_form("workflows.extract-invoice", {"files.invoice": (filename, content)})


def pdf(*pages: list[str]) -> bytes:
    """Return a PDF with these lines of text on each page."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids: list[str] = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
        stream = f"BT /F1 12 Tf 72 760 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {content} 0 R >>"
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    written = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, item in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(written)


def test_an_invoice_is_read_from_a_real_pdf(http: Http) -> None:
    lines = ["Invoice No: 2026-0415", "Date: 2026-03-18", "Desk 900.00", "Subtotal: EUR 1,083.53", "VAT: 205.87"]
    content = pdf(lines, ["Total: EUR 1,289.40", "Thank you"])
    response = extract(http, "invoice.pdf", content)
    run = response.json()
    assert run["output"] == {
        "file": "invoice.pdf",
        "pages": 2,
        "invoiceNumber": "2026-0415",
        "date": "2026-03-18",
        "currency": "EUR",
        "total": 1289.4,
    }
    assert [file["path"] for file in run["files"]] == ["output/read/text.txt", "output/extract/invoice.csv"]
    text = http.get(f"/runs/{run['id']}/artifacts/output/read/text.txt").text
    assert "Thank you" in text
    csv = http.get(f"/runs/{run['id']}/artifacts/output/extract/invoice.csv").text
    assert "total,1289.4\r\n" in csv
    steps = http.get_run(run["id"], "execution", "usage")
    assert [step["status"] for step in steps["execution"]["steps"]] == ["completed", "completed"]
    assert steps["usage"]["ocrPagesProcessed"] == 2


@pytest.mark.parametrize(
    ("text", "total", "currency", "number"),
    [
        ("Rechnung Nr. R-7\nTotal: 1.289,40 €", 1289.4, "EUR", "R-7"),
        ("INVOICE #INV-001\nAmount due: $5.00", 5.0, "USD", "INV-001"),
        ("Total 12", 12.0, None, None),
        ("Sub-total 10.00\nTOTAL (GBP): 12.00", 12.0, "GBP", None),
        ("Invoice for you\nnothing else", None, None, None),
        ("Total CHF 12'345.50", 12345.5, "CHF", None),
    ],
)
def test_what_is_found_in_text(
    http: Http, text: str, total: float | None, currency: str | None, number: str | None
) -> None:
    response = extract(http, "a.txt", text.encode())
    output = response.json()["output"]
    assert (output["total"], output["currency"], output["invoiceNumber"]) == (total, currency, number)


def test_an_invoice_is_one_file(http: Http) -> None:
    assert "exactly one file" in http.run_and_wait("workflows.extract-invoice")["error"]


@pytest.mark.parametrize(
    "text",
    [
        "total" + " " * 50_000 + "x",
        "Invoice" + "\t \n" * 20_000 + "No" + " " * 20_000,
        "invoice id " * 20_000,
        "invoiceid" * 20_000,
        "total 1 " * 50_000,
        "total " + "1," * 50_000,
    ],
)
def test_text_that_is_made_to_take_long(http: Http, text: str) -> None:
    response = extract(http, "a.txt", text.encode())
    assert (response.status_code, response.json()["finished"]) == (200, True)


def test_blanks_and_line_ends_do_not_matter(http: Http) -> None:
    text = "Invoice   No.\u00a0:\t A-17\r\n\r\n   Total    due :      EUR\n  1,234.50"
    response = extract(http, "a.txt", text.encode())
    output = response.json()["output"]
    assert (output["invoiceNumber"], output["currency"], output["total"]) == ("A-17", "EUR", 1234.5)


@pytest.mark.parametrize("content", [b"", b"%PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"\xff" * 5000, b"\xff\xfe"])
def test_invoices_that_are_none(http: Http, content: bytes) -> None:
    response = extract(http, "a.pdf", content)
    assert response.status_code == 200
    assert response.json()["execution"]["status"] == ("completed" if content == b"" else "failed")
