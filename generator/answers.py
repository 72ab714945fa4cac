"""The responses of an operation: the return type, the code that decodes it, and the pagination."""

from __future__ import annotations

from dataclasses import dataclass

from generator import facts, text
from generator.facts import Operation
from generator.models import Models
from generator.parsing import Parsed
from generator.types import IN_PAGES, Type
from generator.visitor import Types


@dataclass(frozen=True)
class Answer:
    """The success responses of an operation."""

    kind: str
    """The `ResponseKind` of the runtime."""
    returns: str
    """The return type, as written in an endpoint module."""
    parse: list[str]
    """The lines that decode the response; none if there is no content."""
    is_download: bool = False
    """Whether it can be written to a file."""


@dataclass(frozen=True)
class Pages:
    """The pagination of an operation."""

    code: str
    """The expression for the endpoint's ``PAGINATION``."""
    row: str
    """The type of a row, as written in an endpoint module."""
    cursor: str
    """The wire name of the cursor parameter; empty for pagination by offset."""
    limit: str
    """The wire name of the parameter for the page size; empty if there is none."""
    max_page_size: str
    """Its maximum, as code; empty if there is none."""


@dataclass(frozen=True)
class _Case:
    """What one success response is decoded into, and how."""

    kind: str
    returns: str
    code: str


_NOTHING = _Case("empty", "None", "")


class Answers:
    """Computes the responses of operations."""

    def __init__(self, parsed: Parsed, types: Types, models: Models) -> None:
        self._parsed = parsed
        self._types = types
        self._models = models

    def answer(self, index: int, operation: Operation) -> Answer:
        """Compute the success responses of an operation."""
        cases: dict[str, _Case] = {}
        for position, found in self._parsed.answers(index):
            answer = operation.answers[position]
            cases[answer.status] = self._case(answer, self._types.of(found))
        different = dict.fromkeys(cases.values())
        if not different:
            return Answer("any", "Any", ["return response.data"])
        if len(different) == 1:
            case = next(iter(different))
            is_download = case.kind == "file" or (case.kind == "optional_file" and operation.method == "get")
            return Answer(case.kind, case.returns, [f"return {case.code}"] if case.code else [], is_download)
        return _by_status(cases)

    def _case(self, answer: facts.Answer, found: Type) -> _Case:
        if not answer.media:
            if answer.is_empty:
                return _NOTHING
            return _Case("optional_file", "bytes | None", "decoding.decode_optional_bytes(response.data)")
        if not answer.is_json:
            return _Case("file", "bytes", "decoding.decode_bytes(response.data)")
        self._models.use(answered=[found])
        code = f"base_models.read({found.decoding(IN_PAGES)}, response.data, response.context)"
        if found.is_anything:
            code = "response.data"
        returns = found.annotation(IN_PAGES)
        if found.has_literals:  # these are not checked, because there may be new values
            code = f"cast({text.literal(returns)}, {code})"
        return _Case("json", returns, code)

    def about(self, operation: Operation, answer: Answer) -> str:
        """Describe what a method returns."""
        if answer.kind == "empty":
            return ""
        if answer.is_download:
            empty = " None if it is empty," if answer.kind == "optional_file" else ""
            return f"The bytes of the file,{empty} or the number of bytes written if `to` is given."
        if answer.kind == "any" and not operation.answers:
            return "The decoded JSON response."
        first, said = operation.answers[0], operation.answers[0].description
        differ = any(one.description != said for one in operation.answers)
        if len(answer.parse) > 1 or (differ and not first.schema.target.description):
            return " ".join(f"{one.status}: {text.sentence(one.description)}" for one in operation.answers)
        # If several responses share a schema, their descriptions are about when each occurs, and that of the schema is
        # about its content. A schema without a model is not described anywhere else.
        if len(operation.answers) > 1 or not first.schema.reference:
            said = (first.schema.target.description or said).split("\n\n")[0]
        content = " The bytes of the response, or None if it is empty." if answer.kind == "optional_file" else ""
        return f"{text.sentence(said)}{content}".strip()

    def attribute_names(self, operation: Operation) -> dict[str, str]:
        """Return the attribute names of the model that a method returns, by wire name."""
        name = next((answer.schema.reference for answer in operation.answers if answer.schema.reference), "")
        return self._models.attribute_names(name) if name else {}

    def pages(self, index: int, operation: Operation) -> Pages | None:
        """Compute the pagination of an operation, if it has any."""
        pages = operation.pagination
        if not pages:
            return None
        page = operation.answers[0].schema.target_name
        fields = {wire_name: (parsed.required, found) for wire_name, _, parsed, found in self._models.fields(page)}
        given = {"items": pages["items"]}
        if pages["style"] == "offset":
            given |= {"total": pages["total"], "offset_parameter": pages["offset"]}
            promised = {name for name, (required, found) in fields.items() if required and not found.nullable}
        else:
            given |= {"next_cursor": pages["next"], "cursor_parameter": pages["cursor"]}
            if any(parameter.wire_name == "offset" for parameter in operation.parameters):
                given["offset_parameter"] = "offset"
            # Null is always the last page.
            promised = {
                name
                for name, (required, found) in fields.items()
                if required and (not found.nullable or name == pages["next"])
            }
        optional = [pages[key] for key in ("items", "total", "next") if key in pages and pages[key] not in promised]
        code = ", ".join(f"{name}={text.literal(value)}" for name, value in given.items())
        if optional:
            code += f", optional=frozenset([{', '.join(map(text.literal, optional))}])"
        if pages["style"] == "cursor" and not fields[pages["next"]][1].nullable:
            code += ', last_cursor=""'
        limit = pages.get("limit", "")
        sizes = [one.schema.bounds for one in operation.parameters if (one.location, one.wire_name) == ("query", limit)]
        maximum = sizes[0].get("maximum", "") if sizes else ""
        return Pages(
            code=f"runtime.{pages['style'].capitalize()}Pagination({code})",
            row=self._models.row(page, IN_PAGES),
            cursor=pages.get("cursor", ""),
            limit=limit,
            max_page_size=str(maximum),
        )


def _by_status(cases: dict[str, _Case]) -> Answer:
    """Decode by the status, where the responses differ; the last one needs no test."""
    if any(case.kind == "json" for case in cases.values()):
        cases = {status: case if case.kind == "json" else _NOTHING for status, case in cases.items()}
        kind = "any" if _NOTHING in cases.values() else "json"
    else:
        kind = "optional_file"
    statuses: dict[_Case, list[str]] = {}
    for status, case in sorted(cases.items()):
        statuses.setdefault(case, []).append(status)
    all_returns = dict.fromkeys(case.returns.removesuffix("None").removesuffix(" | ") for case in statuses)
    can_be_none = any(case.returns.endswith("None") for case in statuses)
    returns = " | ".join([*filter(None, all_returns), *(["None"] if can_be_none else [])])
    # A range of statuses is tested last, that is, not at all.
    *tested, (last, _) = sorted(statuses.items(), key=lambda pair: "2XX" in pair[1])
    lines: list[str] = []
    for case, among in tested:
        test = f"== {among[0]}" if len(among) == 1 else f"in ({', '.join(among)})"
        lines += [f"if response.status {test}:", f"    return {case.code or None}"]
    return Answer(kind, returns, [*lines, f"return {last.code or None}"])
