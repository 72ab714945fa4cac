"""A workflow for the embedded server: reads an invoice and finds its number, date, currency and total.

python -m eigenpal.testing --app examples.invoices:server
"""

import io
import re
from collections.abc import Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from eigenpal.testing import EigenpalServer, RunContext, UploadedFile

server = EigenpalServer()


@server.workflow(
    "extract-invoice",
    description="Reads an invoice (PDF or text) and finds its number, date, currency and total.",
    steps=["read", "extract"],
)
def extract_invoice(
    input: dict[str, Any], files: Mapping[str, "UploadedFile | list[UploadedFile]"], context: RunContext
) -> dict[str, Any]:
    """Read the text of the one file that was sent, then search it."""
    invoice = _only_file(files)
    pages: list[str] = context.step("read", lambda: {"pages": _read_pages(invoice)})["pages"]
    text = "\n".join(pages)
    context.artifact("text.txt", text, step="read")
    found: dict[str, Any] = context.step("extract", lambda: _find_fields(text))
    output = {"file": invoice.filename, "pages": len(pages), **found}
    rows = "".join(f"{name},{value if value is not None else ''}\r\n" for name, value in output.items())
    context.artifact("invoice.csv", rows, step="extract")
    context.usage(pages=len(pages), credits_charged=len(pages))
    return output


def _only_file(files: Mapping[str, "UploadedFile | list[UploadedFile]"]) -> UploadedFile:
    all_files = [file for value in files.values() for file in (value if isinstance(value, list) else [value])]
    if len(all_files) != 1:
        raise ValueError(f"expected exactly one file, the invoice; got {len(all_files)}")
    return all_files[0]


def _read_pages(file: UploadedFile) -> list[str]:
    content = file.content
    if not content.startswith(b"%PDF"):
        try:
            return [content.decode("utf-8")]
        except UnicodeDecodeError:
            raise ValueError(f"{file.filename} is neither a PDF nor text") from None
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{file.filename} is not a readable PDF: {error}") from None
    if not pages:
        raise ValueError(f"{file.filename} has no pages")
    return pages


_NUMBER = re.compile(
    r"(?:invoice|rechnung)\s*(?:no\.?|number|nr\.?|#|id)\s*[:#]?\s*([A-Z0-9][A-Z0-9/_-]{0,40}\d[A-Z0-9/_-]{0,40})",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_AMOUNT = r"(\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?)"
_CURRENCY = r"(EUR|USD|GBP|CHF|€|\$|£)"
_TOTAL = re.compile(
    r"(?:grand total|total due|amount due|balance due|total)[^\S\n]*"
    rf"(?:\((?:{_CURRENCY[1:-1]})\))?[^\S\n]*:?\s*{_CURRENCY}?\s*{_AMOUNT}",
    re.IGNORECASE,
)
_CURRENCY_PATTERN = re.compile(_CURRENCY)
_CURRENCY_CODES = {"€": "EUR", "$": "USD", "£": "GBP"}


def _find_fields(text: str) -> dict[str, Any]:
    # Collapse whitespace first: on long runs of it, patterns like these take quadratic time.
    text = "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
    number, date, currency = _NUMBER.search(text), _DATE.search(text), _CURRENCY_PATTERN.search(text)
    # The last total is the grand total; subtotals match the pattern too.
    totals = [one for one in _TOTAL.finditer(text) if not _is_subtotal(text, one.start())]
    sign = currency[1] if currency is not None else None
    return {
        "invoiceNumber": number[1] if number is not None else None,
        "date": date[1] if date is not None else None,
        "currency": _CURRENCY_CODES.get(sign, sign) if sign is not None else None,
        "total": _parse_amount(totals[-1][2]) if totals else None,
    }


def _is_subtotal(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].lower().endswith(("sub", "sub-", "sub "))


def _parse_amount(text: str) -> float:
    plain = text.replace("'", "").replace(" ", "")
    decimal = re.search(r"[.,](\d{2})\Z", plain)
    whole = plain[: decimal.start()] if decimal is not None else plain
    return float(re.sub(r"[.,]", "", whole) + ("." + decimal[1] if decimal is not None else ""))
