from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from eigenpal.testing import EigenpalServer, Limits

from .conftest import Http, make_http_client

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[EigenpalServer, Http]]:
    limits = Limits(max_json_bytes=100_000, max_form_bytes=1_000_000, max_parts=50, chunk_timeout_seconds=1.5)
    with EigenpalServer(limits=limits) as server, make_http_client(server) as http:
        yield server, http


def code(response: httpx.Response) -> str:
    found: str = response.json()["issues"][0]["code"]
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "invalid_json"),
        (b"{", "invalid_json"),
        (b"\xff\xfe{\x00}\x00", "invalid_json"),
        (b'{"target": "\xff"}', "invalid_json"),
        (b'{"target": NaN}', "invalid_json"),
        (b'{"target": -Infinity}', "invalid_json"),
        (b'{"target": ' + b"9" * 10_000 + b"}", "invalid_json"),
        (b"[" * 90_000, "too_deep"),
        (b'{"a":' * 15_000 + b"1" + b"}" * 15_000, "too_deep"),
        (b'{"target": "workflows.echo", "input": {"a": ' + b"[" * 250 + b"]" * 250 + b"}}", "too_deep"),
        (b"null", "invalid_type"),
        (b'"' + b"x" * 90_000 + b'"', "invalid_type"),
    ],
)
def test_broken_json(shared: tuple[EigenpalServer, Http], body: bytes, expected: str) -> None:
    response = shared[1].post("/runs", content=body, headers=JSON)
    assert (response.status_code, code(response)) == (400, expected)


def test_json_that_is_odd_but_proper(shared: tuple[EigenpalServer, Http]) -> None:
    _, http = shared
    value: Any = {"\u0000": "\u0000", "": "\ud800", "a\r\nb": "\u202e", "deep": 1, "big": 10**300, "small": 5e-324}
    for _ in range(190):
        value = {"deep": value}
    body = json.dumps({"target": "workflows.echo", "input": value})
    response = http.post("/runs", content=body.encode(), headers=JSON, params={"wait_for_completion": 60})
    assert response.status_code == 200, response.text
    assert json.loads(response.text)["output"] == value
    assert http.get("/runs").status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [100_001, 30_000_000])
def test_bodies_beyond_the_limit(shared: tuple[EigenpalServer, Http], size: int, chunked: bool) -> None:
    chunks = (b"x" * 65_536 for _ in range(size // 65_536 + 1))
    response = shared[1].post("/runs", content=chunks if chunked else b"x" * size, headers=JSON)
    assert (response.status_code, code(response)) == (413, "too_large")
    assert shared[1].get("/runs").status_code == 200


def test_forms_beyond_the_limits(shared: tuple[EigenpalServer, Http]) -> None:
    _, http = shared
    target = {"target": "workflows.echo"}
    large = http.post("/runs", data=target, files={"files.a": b"x" * 1_100_000})
    assert (large.status_code, code(large)) == (413, "too_large")
    many = http.post("/runs", data=target, files=[("files.a", b"")] * 60)
    assert (many.status_code, code(many)) == (400, "invalid_multipart")
    long = http.post("/runs", data={**target, "input": "x" * 200_000}, files={"files.a": b""})
    assert (long.status_code, code(long)) == (400, "invalid_multipart")
    parts = {f"a{number}": "x" * 9000 for number in range(20)}
    together = http.post("/runs", data={**target, **parts}, files={"files.a": b""})
    assert (together.status_code, code(together)) == (400, "invalid_multipart")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"--x--"),
        ("multipart/form-data; boundary=", b"--x--"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"nothing"),
        ("multipart/form-data; boundary=x", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno headers\r\n--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--x--"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="target"\r\n\r\ncut'),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: \xff\xff; name=\xff\r\n\r\n\xff\r\n--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A" * 70_000 + b": b\r\n\r\n\r\n--x--"),
        ("multipart/form-data; boundary=" + "x" * 500, b"--x--"),
        (
            "multipart/form-data; charset=nothing; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
        ),
    ],
)
def test_broken_forms(shared: tuple[EigenpalServer, Http], content_type: str, body: bytes) -> None:
    response = shared[1].post("/runs", content=body, headers={"content-type": content_type})
    assert response.status_code == 400, response.text


def test_forms_of_random_bytes(shared: tuple[EigenpalServer, Http]) -> None:
    server, http = shared
    dice = random.Random(1)
    proper = b'--x\r\nContent-Disposition: form-data; name="files.a"; filename="a.txt"\r\n\r\nabc\r\n--x--\r\n'
    for _ in range(190):
        broken = bytearray(proper)
        for _ in range(dice.randint(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        response = http.post(
            "/runs", content=bytes(broken), headers={"content-type": "multipart/form-data; boundary=x"}
        )
        assert response.status_code == 400, (bytes(broken), response.text)
    server.check()


@pytest.mark.parametrize(
    "filename", ["../../etc/passwd", "C:\\x\\y.txt", "..", "a\x00b", "ü ☃.txt", "x" * 2000, ' "; a="b']
)
def test_file_names_are_only_names(shared: tuple[EigenpalServer, Http], filename: str) -> None:
    _, http = shared
    response = http.run_form("workflows.echo", {"files.a": (filename, b"x")})
    assert response.status_code == 200, response.text
    name = response.json()["output"]["a"]["filename"]
    assert name
    assert not {"/", "\\", "\x00"} & set(name)
    run_id = response.json()["id"]
    uploaded = http.post(f"/runs/{run_id}/expected", files={"file": (filename, b"x")})
    assert uploaded.status_code == 201, uploaded.text


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/runs/%2e%2e/%2e%2e",
        "/api/v1/../../etc/passwd",
        "/api/v1/runs/..%2f..%2fetc%2fpasswd",
        "/api/v1/runs/%00",
        "/api/v1/runs/%FF%FE",
        "/api/v1/runs/" + "a" * 20_000,
        "/api/v1/runs/%",
        "/api/v1/runs/%zz",
        "/api/v1/runs/\\..\\..",
        "//api/v1/runs",
        "/api/v1/runs/x/artifacts/" + "a/" * 3000,
        "/api/v1/runs?" + "&".join(f"a{number}=1" for number in range(2000)),
        "/api/v1/runs?limit=%FF",
        "/api/v1/runs?status=" + "complete," * 3000,
        "http://elsewhere.example/api/v1/runs/x",
    ],
)
def test_odd_paths(shared: tuple[EigenpalServer, Http], path: str) -> None:
    server, _ = shared
    head = (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.api_key}\r\nConnection: close\r\n\r\n"
    )
    status, _ = exchange(server, head.encode())
    assert status in (400, 404), status


def exchange(server: EigenpalServer, sent: bytes, *, seconds: float = 10) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        connection.sendall(sent)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    return int(received.split(b" ", 2)[1]) if received else 0, received


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"b" * 200_000 + b"\r\n\r\n",
        b"POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n",
    ],
)
def test_what_is_not_http(shared: tuple[EigenpalServer, Http], sent: bytes) -> None:
    status, _ = exchange(shared[0], sent)
    assert status in (400, 401)
    assert shared[1].get("/runs").status_code == 200


def start_of_a_post(server: EigenpalServer, length: int = 100) -> bytes:
    return (
        f"POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.api_key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def test_a_client_that_stops_sending(shared: tuple[EigenpalServer, Http]) -> None:
    server, http = shared
    status, response = exchange(server, start_of_a_post(server) + b'{"target"')
    assert (status, b"request_timeout" in response) == (408, True)
    before = len(server.runs)
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(start_of_a_post(server) + b'{"target"')
    assert http.get("/runs").status_code == 200
    assert len(server.runs) == before


def test_a_client_that_sends_incomplete_headers(shared: tuple[EigenpalServer, Http]) -> None:
    server, http = shared
    for head in (b"GET /api/v1/ru", b"GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nAuthor"):
        status, response = exchange(server, head)
        assert (status, b'"requestId":"req_' in response) == (408, True)
    # A slow request is served, and an idle connection stays open.
    whole = f"GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.api_key}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        for _ in range(2):
            connection.sendall(whole[:20])
            time.sleep(0.1)
            connection.sendall(whole[20:])
            received = b""
            while b'"nextCursor"' not in received:
                chunk = connection.recv(65_536)
                assert chunk, received
                received += chunk
            assert received.startswith(b"HTTP/1.1 200")
            time.sleep(0.5)
    assert http.get("/runs").status_code == 200


def test_many_slow_clients_do_not_block_others(shared: tuple[EigenpalServer, Http]) -> None:
    server, http = shared
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"GET /api/v1/ru")
        assert http.get("/runs").status_code == 200
    finally:
        for connection in slow:
            connection.close()


def test_many_clients_at_once(shared: tuple[EigenpalServer, Http]) -> None:
    server, _ = shared
    failures: list[Any] = []

    def work(number: int) -> None:
        with make_http_client(server) as http:
            for index in range(10):
                output = http.run_and_wait("workflows.echo", {"n": number, "i": index})["output"]
                if output != {"n": number, "i": index}:
                    failures.append(output)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    server.check()
