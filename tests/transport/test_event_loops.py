"""Event loops: many tasks in one, one client in several, and trio."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eigenpal._transport import AsyncHttpxTransport
from tests.support.faulty_server import FaultyServer, encode_response, respond, respond_with_path

from .harness import FILE, GET, count_open_files, get_data, make_options, make_upload


def test_one_client_over_two_event_loops() -> None:
    program = f"""
import asyncio, sys
sys.path[:0] = {sys.path!r}
from tests.transport.harness import GET, get_data, make_options
from eigenpal._transport import AsyncHttpxTransport
transport = AsyncHttpxTransport(make_options(base_url=sys.argv[1]))
async def main():
    return await transport.call(GET, get_data)
for _ in range(3):
    print(asyncio.run(main()))
"""
    with FaultyServer(respond_with_path) as server:
        result = subprocess.run(
            [sys.executable, "-c", program, server.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    assert result.stdout == "{'path': '/api/v1/runs/run_1'}\n" * 3
    assert result.stderr == ""


@pytest.mark.usefixtures("kept_connections")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no other way to count open files")
def test_many_event_loops_leave_no_connections_behind() -> None:
    with FaultyServer(respond_with_path) as server:
        transport = AsyncHttpxTransport(make_options(base_url=server.url))
        before = count_open_files()
        for _ in range(30):
            asyncio.run(transport.call(GET, get_data))
            gc.collect()
        assert count_open_files() - before < 10
        assert server.connection_count == 30
        # Python warns about what the last event loop left open when that is collected, here and not in another test.
        del transport
        gc.collect()


def test_many_tasks_share_a_client() -> None:
    with FaultyServer(respond_with_path) as server:

        async def main() -> list[Any]:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            try:
                calls = [transport.call(GET._replace(path=f"/{number}"), get_data) for number in range(200)]
                return await asyncio.gather(*calls)
            finally:
                await transport.aclose()

        assert asyncio.run(main()) == [{"path": f"/{number}"} for number in range(200)]


def test_an_asynchronous_client_outside_an_event_loop() -> None:
    call = AsyncHttpxTransport(make_options()).call(GET, get_data)
    with pytest.raises(RuntimeError, match="no event loop is running"):
        call.send(None)


def test_trio(tmp_path: Path) -> None:
    trio: Any = pytest.importorskip("trio")
    content = bytes(range(256)) * 1000
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with FaultyServer(respond(), respond(), respond(encode_response(content))) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            assert (await transport.call(GET, get_data))["id"] == "run_1"
            assert (await transport.call(make_upload(a=tmp_path / "a.pdf"), get_data))["id"] == "run_1"
            assert await transport.download(FILE, tmp_path / "out", None) == len(content)
            await transport.aclose()

        trio.run(main)
    assert (tmp_path / "out").read_bytes() == content
