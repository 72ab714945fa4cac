"""An exception that ends a call early, such as KeyboardInterrupt, says whether the request may have taken effect."""

from __future__ import annotations

import asyncio
import logging
import signal
import subprocess
import sys
from typing import Any

import httpcore
import httpx
import pytest

from eigenpal.errors import EigenpalError
from eigenpal_generated.runtime import Request, Response
from tests.support.event_loop import Kind
from tests.support.fake_clock import FakeClock
from tests.support.faulty_server import Connection, FaultyServer
from tests.support.notes import read_note
from tests.support.script import Script, error_response, ok

from .harness import GET, POST, START, EitherTransport

RUN_NOTE = "The run may have started; look for it with client.runs.list() before starting it again."
OTHER_NOTE = "The request may have taken effect; check before sending it again."


def interrupt(error: BaseException) -> Script:
    """Return a server that interrupts the client while it waits for the response."""

    def handle(request: httpx.Request) -> httpx.Response:
        raise error

    return Script(handle)


@pytest.mark.parametrize(("request_", "note"), [(START, RUN_NOTE), (POST, OTHER_NOTE), (GET, "")])
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, asyncio.CancelledError, ZeroDivisionError])
def test_an_interrupt_while_waiting_for_the_response(
    kind: Kind, request_: Request, note: str, error: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(error) as caught:
        EitherTransport(kind, interrupt(error())).call(request_)
    assert note in read_note(caught.value, caplog)
    if not note:
        assert not read_note(caught.value, caplog)
    # Logged too, because asyncio.run replaces the exception of a cancelled task, and its notes are lost.
    is_logged = bool(note) and (error is not ZeroDivisionError or sys.version_info < (3, 11))
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * is_logged


@pytest.mark.parametrize("error", [KeyboardInterrupt, asyncio.CancelledError])
def test_an_interrupt_while_connecting(
    kind: Kind, error: type[BaseException], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def connect(self: Any, *arguments: Any, **options: Any) -> Any:
        raise error

    for backend in (httpcore.SyncBackend, httpcore.AnyIOBackend):
        monkeypatch.setattr(backend, "connect_tcp", connect)
    with pytest.raises(error) as caught:
        EitherTransport(kind, base_url="http://127.0.0.1:9").call(START)
    assert not read_note(caught.value, caplog)


def test_an_interrupt_after_the_response(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    def parse(response: Response) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        EitherTransport(kind, Script(ok())).call(START, parse)
    assert RUN_NOTE in read_note(caught.value, caplog)


@pytest.mark.parametrize("response", [error_response(429), error_response(503), httpx.ConnectError("refused")])
def test_an_interrupt_between_attempts_of_which_none_took_effect(
    kind: Kind, response: httpx.Response | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    clock = FakeClock()
    clock.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt) as caught:
        EitherTransport(kind, Script(response), time=clock).call(START)
    assert clock.sleeps
    assert not read_note(caught.value, caplog)


def test_errors_have_a_hint_instead_of_a_note(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(EigenpalError) as caught:
        EitherTransport(kind, Script(error_response(500))).call(START)
    assert RUN_NOTE in str(caught.value)
    assert not read_note(caught.value, caplog)


_PROGRAM = """
import asyncio, signal, sys
from eigenpal import AsyncEigenpalClient, EigenpalClient

# Shells let the programs that they run in the background ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)

def start(client):
    return client.run("workflows.x", {}, wait_for_completion=60)

if sys.argv[1] == "sync":
    start(EigenpalClient(api_key="key", base_url=sys.argv[2]))
else:
    asyncio.run(start(AsyncEigenpalClient(api_key="key", base_url=sys.argv[2])))
"""


def test_ctrl_c_in_a_program(kind: Kind) -> None:
    processes: list[subprocess.Popen[str]] = []

    def press_ctrl_c(connection: Connection, server: FaultyServer) -> bool:
        server.read(connection)
        processes[0].send_signal(signal.SIGINT)
        server.stopping.wait()
        return False

    with FaultyServer(press_ctrl_c) as server:
        command = [sys.executable, "-c", _PROGRAM, kind, server.url]
        processes.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        _, printed = processes[0].communicate(timeout=60)
    assert processes[0].returncode != 0
    assert "KeyboardInterrupt" in printed
    assert "The run may have started; look for it with client.runs.list(type='workflow', source='x', " in printed
