"""``python -m benchmarks.startup``: measures start-up in environments that contain only the wheel.

In the environment for development, ``import httpx`` takes longer: it imports packages there that few users have.

Times are those of the processor, which other load on the machine changes least. For a first response, they include the
start of Python.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.measurement import HEADINGS, ROOT, Result, format_ms
from tests.support.certificates import make_certificate, make_server_context
from tests.support.faulty_server import Connection, FaultyServer, encode_json_response, respond
from tools.test_pythons import find_python

ROUNDS = 41

# The others may set certificates, proxies or options of Python.
_KEPT_VARIABLES = ("HOME", "PATH", "SYSTEMROOT", "TMPDIR")

_CACHE = ROOT / ".cache" / "startup"
_RESPOND = respond(
    encode_json_response(json.loads((ROOT / "tests/contract/examples/Run.json").read_text(encoding="utf-8")))
)

_IMPORT = "import time; began = time.process_time(); import {}; print(time.process_time() - began)"

_FIRST_OURS = """
import sys, time
from eigenpal import EigenpalClient
with EigenpalClient(api_key="key", base_url=sys.argv[1]) as client:
    assert client.runs.get("run_w01").id
print(time.process_time())
"""

_FIRST_THEIRS = """
import sys, time
import httpx
with httpx.Client(base_url=sys.argv[1], headers={"Authorization": "Bearer key"}) as client:
    assert client.get("/api/v1/runs/run_w01").json()["id"]
print(time.process_time())
"""


def main() -> int:
    """Measure on the first and the last version that is installed.

    Returns:
        0 if every budget is kept, otherwise 1.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True, help="folder that contains the wheel")
    parser.add_argument("--pythons", nargs="+", required=True, help="versions such as 3.12, the oldest first")
    options = parser.parse_args()
    wheel = next(Path(options.wheel).glob("*.whl"))
    installed = [(version, python) for version in options.pythons if (python := find_python(version))]
    if not installed:
        parser.error(f"none of these is installed: Python {', '.join(options.pythons)}")
    print(HEADINGS)
    is_kept = True
    for version, base_python in installed[:1] + installed[1:][-1:]:
        for result in _measure(version, _make_environment(version, base_python, wheel)):
            is_kept = is_kept and result.is_kept
            print(result, flush=True)
    return 0 if is_kept else 1


def _make_environment(version: str, base_python: str, wheel: Path) -> Path:
    """Return the Python of an environment with the wheel and what it requires, without any extra."""
    folder = _CACHE / version
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not python.exists():
        subprocess.run([base_python, "-m", "venv", str(folder)], check=True)
        subprocess.run([*pip, str(wheel)], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(wheel)], check=True)
    return python


def _measure(version: str, python: Path) -> Generator[Result]:
    times = _time(python, _IMPORT.format("eigenpal"), _IMPORT.format("httpx"))
    yield _make_result(f"Python {version}: import eigenpal / import httpx", times, 0.05)
    for is_https in (False, True):
        with _run_server(python, is_https=is_https) as url:
            times = _time(python, _FIRST_OURS, _FIRST_THEIRS, url)
        scheme = "https" if is_https else "http"
        yield _make_result(f"Python {version}: first {scheme} response / raw httpx", times, 1.2)


@contextmanager
def _run_server(python: Path, *, is_https: bool) -> Generator[str]:
    tls: ssl.SSLContext | None = None
    if is_https:
        certificate = make_certificate(_CACHE / "server.pem")
        _trust(python, certificate)
        tls = make_server_context(certificate)
    with FaultyServer(_respond, tls=tls) as server:
        yield server.url


def _respond(connection: Connection, server: FaultyServer) -> bool:
    # Otherwise the response waits until the client has acknowledged the end of the TLS handshake.
    connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _RESPOND(connection, server)


def _trust(python: Path, certificate: Path) -> None:
    """Add a certificate to those of certifi, whose number decides how long it takes to read them."""
    bundle = Path(_run(python, "import certifi; print(certifi.where())"))
    original = bundle.with_name("original.pem")
    if not original.exists():
        shutil.copy(bundle, original)
    added = certificate.read_text(encoding="ascii").partition("-----BEGIN PRIVATE KEY")[0]
    bundle.write_text(f"{original.read_text(encoding='utf-8')}\n{added}", encoding="utf-8")


def _time(python: Path, ours: str, theirs: str, *arguments: str) -> list[tuple[float, float]]:
    """Return the times that two programs print, run in turns."""
    for program in (ours, theirs):
        _run(python, program, *arguments)  # writes the bytecode
    return [(float(_run(python, ours, *arguments)), float(_run(python, theirs, *arguments))) for _ in range(ROUNDS)]


def _make_result(name: str, times: list[tuple[float, float]], limit: float) -> Result:
    """Make a result of medians. Other load slows both programs of a round, so that the ratio is that of a round."""
    ours, theirs = (median(own) for own in zip(*times, strict=True))
    return Result(name, format_ms(ours), format_ms(theirs), median(one / other for one, other in times), limit)


def _run(python: Path, program: str, *arguments: str) -> str:
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    command = [str(python), "-c", program, *arguments]
    # In a folder without modules, because the present one comes first on the path.
    done = subprocess.run(command, cwd=_CACHE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"a measured program failed:\n{done.stderr}")
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
