"""Servers: one absolute URL, or none."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.servers import servers
from tests.generator.lowering.running import notes, problems, run, with_value


@pytest.mark.parametrize(
    ("listed", "url", "path", "note"),
    [
        ([{"url": "https://api.test/v1/"}], "https://api.test/v1", "/things", ""),
        ([{"url": "https://a.test"}, {"url": "https://b.test"}], "https://a.test", "/things", "only the first of 2"),
        ([{"url": "http://api.test"}], "http://api.test", "/things", ""),
        ([], None, "/things", "there is no server; a client must be given a base URL"),
        ([{"url": "/"}], None, "/things", "the server '/' is relative"),
        ([{"url": "/api/v1/"}], None, "/api/v1/things", "the server '/api/v1/' is relative"),
        ([{"url": "./api"}], None, "/api/things", "is relative"),
        ([{"url": "api"}], None, "/api/things", "is relative"),
        (
            [{"url": "https://{host}/{v}", "variables": {"host": {"default": "a.test"}, "v": {"default": "v2"}}}],
            "https://a.test/v2",
            "/things",
            "the variables of the server have their defaults: https://a.test/v2",
        ),
    ],
)
def test_one_server_is_left(listed: list[dict[str, Any]], url: str | None, path: str, note: str) -> None:
    lowered, report = run(with_value("servers", listed), servers)
    assert not report.problems
    assert lowered.get("servers") == ([{"url": url}] if url else None)
    assert list(lowered["paths"]) == [path]
    assert [note in message for _, message in notes(report)] == ([True] if note else [])


@pytest.mark.parametrize(
    "url",
    ["https://{host}", "api.test/v1", "localhost:80/x", "ftp://a.test", "//a.test/x", "https://a.test?x", "http://["],
)
def test_another_url_is_refused(url: str) -> None:
    _, report = run(with_value("servers", [{"url": url}]), servers)
    assert problems(report) == [("#/servers/0/url", f"{url!r} is no URL of a server")]


@pytest.mark.parametrize("place", ["paths/~1things/servers", "paths/~1things/get/servers"])
def test_an_operation_of_another_server_is_refused(place: str) -> None:
    lowered, report = run(with_value(place, [{"url": "https://upload.test"}]), servers)
    assert problems(report) == [
        (f"#/{place}/0", "another server than that of the document: https://upload.test"),
    ]
    lowered, report = run(with_value(place, [{"url": "https://api.test/"}]), servers)
    assert not report.problems
    assert "servers" not in str(lowered["paths"])
