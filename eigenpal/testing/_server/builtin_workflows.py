"""Workflows that every server has, so that it is of use before anything is registered."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union

from eigenpal.testing._server.automations import Behaviour
from eigenpal.testing._server.content import UploadedFile
from eigenpal.testing._server.context import RunContext

Files = Mapping[str, Union[UploadedFile, "list[UploadedFile]"]]


@dataclass(frozen=True)
class BuiltIn:
    """A workflow, its function, and what it is for."""

    behaviour: Behaviour
    description: str
    steps: tuple[str, ...]


def echo(input: dict[str, Any], files: Files) -> dict[str, Any]:
    """Give back the input; files come back as their names, types and sizes."""
    described: dict[str, Any] = {
        name: [_described(one) for one in file] if isinstance(file, list) else _described(file)
        for name, file in files.items()
    }
    return {**input, **described}


def extract_invoice(input: dict[str, Any], files: Files, context: RunContext) -> dict[str, Any]:
    """Read the text of an invoice, a PDF or plain text, and find number, date, currency and total in it."""
    invoice = _only_file(files)
    pages: list[str] = context.step("read", lambda: {"pages": _pages(invoice)})["pages"]
    text = "\n".join(pages)
    context.artifact("text.txt", text, step="read")
    found: dict[str, Any] = context.step("extract", lambda: _fields(text))
    output = {"file": invoice.filename, "pages": len(pages), **found}
    rows = "".join(f"{name},{value if value is not None else ''}\r\n" for name, value in output.items())
    context.artifact("invoice.csv", rows, step="extract")
    context.usage(pages=len(pages), credits_charged=len(pages))
    return output


def _described(file: UploadedFile) -> dict[str, Any]:
    return {"filename": file.filename, "contentType": file.content_type, "size": file.size}


def _only_file(files: Files) -> UploadedFile:
    flat = [one for file in files.values() for one in (file if isinstance(file, list) else [file])]
    if len(flat) != 1:
        raise ValueError(f"expected exactly one file, the invoice; got {len(flat)}")
    return flat[0]


def _pages(file: UploadedFile) -> list[str]:
    content = file.content
    if not content.startswith(b"%PDF"):
        try:
            return [content.decode("utf-8")]
        except UnicodeDecodeError:
            raise ValueError(f"{file.filename} is neither a PDF nor text") from None
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

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
_ANY_CURRENCY = re.compile(_CURRENCY)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}


def _fields(text: str) -> dict[str, Any]:
    # One blank between two words, and no empty lines: on long runs of blanks, patterns like these take for ever.
    text = "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
    number, date, currency = _NUMBER.search(text), _DATE.search(text), _ANY_CURRENCY.search(text)
    # A subtotal says "total" as well; the total is the last one.
    totals = [one for one in _TOTAL.finditer(text) if not _is_subtotal(text, one.start())]
    sign = currency[1] if currency is not None else None
    return {
        "invoiceNumber": number[1] if number is not None else None,
        "date": date[1] if date is not None else None,
        "currency": _SIGNS.get(sign, sign) if sign is not None else None,
        "total": _amount(totals[-1][2]) if totals else None,
    }


def _is_subtotal(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start].lower().endswith(("sub", "sub-", "sub "))


def _amount(text: str) -> float:
    plain = text.replace("'", "").replace(" ", "")
    decimal = re.search(r"[.,](\d{2})\Z", plain)
    whole = plain[: decimal.start()] if decimal is not None else plain
    return float(re.sub(r"[.,]", "", whole) + ("." + decimal[1] if decimal is not None else ""))


BUILT_IN: Mapping[str, BuiltIn] = {
    "echo": BuiltIn(echo, "Gives back its input.", ("echo",)),
    "extract-invoice": BuiltIn(
        extract_invoice,
        "Reads an invoice (PDF or text) and finds number, date, currency and total.",
        ("read", "extract"),
    ),
}
