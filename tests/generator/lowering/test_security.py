"""Security: at most one way to authenticate, at the document and at each operation."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.security import security
from tests.generator.lowering.running import notes, problems, run
from tests.generator.small_specs import make_spec

BEARER = {"type": "http", "scheme": "bearer"}
SCHEMES: dict[str, dict[str, Any]] = {
    "bearer": {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "key"},
    "oauth": {"type": "oauth2"},
    "oidc": {"type": "openIdConnect"},
    "digest": {"type": "http", "scheme": "digest"},
    "tls": {"type": "mutualTLS"},
    "nameless": {"type": "apiKey", "in": "header"},
}
Requirements = list[dict[str, list[str]]]
ONE: list[tuple[Requirements, str, str]] = [
    ([{"bearer": []}], "bearer", ""),
    ([{"oauth": ["read", "write"]}], "oauth", ""),
    ([{"query": []}], "query", ""),
    ([{}, {"basic": []}], "basic", ""),
    ([{"header": []}, {"cookie": []}], "header", "header is used rather than cookie"),
    ([{"digest": []}, {"oidc": []}], "oidc", ""),
    ([{"bearer": [], "header": []}, {"header": []}], "header", ""),
    ([{"tls": []}, {}], "", ""),
    ([], "", ""),
]
REFUSED: list[tuple[Requirements, str, str]] = [
    ([{"baerer": []}], "/security/0/baerer", "the security scheme baerer is not defined; did you mean bearer?"),
    ([{"bearer": [], "header": []}], "/security", "cannot authenticate with bearer and header at once"),
    (
        [{"digest": []}, {"tls": []}],
        "/security",
        "cannot authenticate with digest (http digest) or tls (mutualTLS)",
    ),
    ([{"nameless": []}], "/security", "cannot authenticate with nameless (apiKey header)"),
]


def make_document(whole: Requirements | None, operation: Requirements | None = None) -> dict[str, Any]:
    document = make_spec({} if operation is None else {"security": operation})
    document["components"] = {"securitySchemes": SCHEMES}
    del document["security"]
    return document if whole is None else {**document, "security": whole}


@pytest.mark.parametrize(
    ("requirements", "chosen", "note"),
    ONE,
)
@pytest.mark.parametrize("is_whole", [True, False])
def test_one_scheme_is_left(requirements: Requirements, chosen: str, note: str, is_whole: bool) -> None:
    document = make_document(requirements) if is_whole else make_document([], requirements)
    lowered, report = run(document, security)
    assert not report.problems
    holder = lowered if is_whole else lowered["paths"]["/things"]["get"]
    assert holder["security"] == ([{chosen: []}] if chosen else [])
    assert list(lowered["components"].get("securitySchemes", {})) == ([chosen] if chosen else [])
    assert [message for _, message in notes(report)] == ([note] if note else [])


def test_all_tokens_are_sent_as_bearer_tokens() -> None:
    for name in ("bearer", "oauth", "oidc"):
        lowered, _ = run(make_document([{name: []}]), security)
        scheme = lowered["components"]["securitySchemes"][name]
        assert {key: scheme[key] for key in BEARER} == BEARER


@pytest.mark.parametrize(
    ("requirements", "place", "message"),
    REFUSED,
)
def test_what_cannot_be_sent_is_refused(requirements: Requirements, place: str, message: str) -> None:
    _, report = run(make_document(requirements), security)
    assert problems(report) == [(f"#{place}", message)]
    _, report = run(make_document(None, requirements), security)
    assert problems(report) == [(f"#/paths/~1things/get{place}", message)]


def test_operations_that_need_no_key_get_none() -> None:
    document = make_document(None, [{"bearer": []}])
    document["paths"]["/public"] = {"get": {"responses": {}}}
    lowered, report = run(document, security)
    assert not report.problems + report.notes
    assert lowered["security"] == []


def test_a_document_that_says_nothing_is_noted() -> None:
    lowered, report = run(make_document(None), security)
    assert "security" not in lowered
    assert notes(report) == [
        ("#/security", "nothing says how to authenticate; a client sends its key as a bearer token"),
    ]


def test_several_ways_are_noted() -> None:
    _, report = run(make_document([{"bearer": []}], [{"header": []}]), security)
    [(_, message)] = notes(report)
    assert message == "operations differ in how they authenticate (bearer, header); a client has one key"
