"""What is logged, and what is not."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from tests.support.event_loop import Kind
from tests.support.script import Script, error_response, ok

from .harness import GET, START, EitherTransport, make_options

NAME = "eigenpal"


def test_every_attempt_and_every_retry_is_logged(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, NAME)
    script = Script(error_response(503, headers={"x-request-id": "req_7"}), httpx.ReadError("reset"), ok())
    request = GET._replace(query=(("search", "secret words"),))
    EitherTransport(kind, script).call(request)
    lines = [record.getMessage() for record in caplog.records if record.name == NAME]
    assert lines == [
        "GET /api/v1/runs/run_1: 503, attempt 1, 0.000 s, request id req_7",
        "GET /api/v1/runs/run_1: 503; retrying in 0.25 s (attempt 2)",
        "GET /api/v1/runs/run_1: connection_lost, attempt 2, 0.000 s, request id -",
        "GET /api/v1/runs/run_1: connection_lost; retrying in 0.50 s (attempt 3)",
        "GET /api/v1/runs/run_1: 200, attempt 3, 0.000 s, request id -",
    ]
    assert {record.levelname for record in caplog.records if record.name == NAME} == {"DEBUG", "INFO"}


def test_no_query_header_or_body_is_logged(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, NAME)
    script = Script(error_response(500, "secret response", headers={"X-Secret": "secret header"}))
    with pytest.raises(errors.EigenpalServerError):
        EitherTransport(kind, script, default_headers={"X-Own": "secret own"}).call(
            START._replace(query=(("secret", "secret"),), json={"secret": 1})
        )
    assert "secret" not in caplog.text
    assert "POST /api/v1/runs" in caplog.text


def test_a_request_id_cannot_forge_a_log_line(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, NAME)
    EitherTransport(kind, Script(ok(**{"x-request-id": "req\x1b[31m" + "x" * 500}))).call(GET)
    line = caplog.records[-1].getMessage()
    assert "\x1b" not in line
    assert len(line) < 300


@pytest.mark.parametrize(
    ("base_url", "is_logged"),
    [
        ("http://eigenpal.test", True),
        ("http://10.0.0.1:8080/prefix", True),
        ("http://[fd00::1]", True),
        ("https://eigenpal.test", False),
        ("http://localhost:8787", False),
        ("http://api.localhost", False),
        ("http://127.8.8.8", False),
        ("http://[::1]:8787", False),
        ("http://0.0.0.0:8787", False),
    ],
)
def test_a_key_that_is_sent_unencrypted_is_logged_once(
    kind: Kind, base_url: str, is_logged: bool, caplog: pytest.LogCaptureFixture
) -> None:
    make: Any = HttpxTransport if kind == "sync" else AsyncHttpxTransport
    transport = make(make_options(base_url="https://eigenpal.test"))
    copy = transport.with_options(transport.options._replace(base_url=base_url))
    copy.with_options(copy.options._replace(timeout_seconds=5.0))
    make(make_options(base_url=base_url))
    origin = base_url.removesuffix("/prefix")
    line = f"base_url is {origin}: the API key and all data are sent unencrypted; use https"
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warnings == ([line] * 2 if is_logged else [])


def test_a_client_without_a_network_sends_nothing_unencrypted(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    EitherTransport(kind, Script(ok()), base_url="http://server").call(GET)
    assert caplog.records == []


def test_nothing_is_printed_by_default(kind: Kind, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(errors.EigenpalServerError):
        EitherTransport(kind, Script(error_response(500))).call(GET)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("debug", ["DEBUG", "INFO"]),
        (" INFO ", ["INFO"]),
        ("", []),
        ("loud", ["must be debug or info"]),
    ],
)
def test_logging_from_the_environment(level: str, expected: list[str]) -> None:
    program = f"""
import sys
sys.path[:0] = {sys.path!r}
import httpx
from tests.support.script import Script, error_response, ok
from tests.transport.harness import GET, get_data, make_options
from eigenpal._transport import HttpxTransport
for _ in range(2):
    script = Script(error_response(503, headers={{"Retry-After": "0"}}), ok())
    client = httpx.Client(transport=httpx.MockTransport(script))
    HttpxTransport(make_options(), http_client=client).call(GET, get_data)
"""
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"EIGENPAL_LOG": level, "PATH": ""},
    )
    assert result.stdout == ""
    for word in expected:
        assert word in result.stderr
    assert bool(result.stderr) is bool(expected)
    assert result.stderr.count("retrying in") == (2 if "INFO" in expected else 0)
    assert result.stderr.count("200, attempt 2") == (2 if "DEBUG" in expected else 0)


def test_a_transport_does_not_change_the_logging_configuration(caplog: pytest.LogCaptureFixture) -> None:
    before = (logging.getLogger(NAME).level, list(logging.getLogger(NAME).handlers))
    HttpxTransport(make_options())
    assert (logging.getLogger(NAME).level, list(logging.getLogger(NAME).handlers)) == before
