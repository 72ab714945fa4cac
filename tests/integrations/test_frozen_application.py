"""An application that PyInstaller built runs, uploads and downloads, and ends without noise."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from eigenpal.testing import EigenpalServer

APPLICATION = """
import asyncio
import pickle
import sys
import textwrap
from pathlib import Path

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalNotFoundError

url, key, document, folder = sys.argv[1:]
with EigenpalClient(api_key=key, base_url=url) as client:
    run = client.run("workflows.take", {"document": Path(document)}, wait_for_completion=60)
    for artifact in client.runs.artifacts.list(run.id):
        print(artifact.path, client.runs.artifacts.download(run.id, artifact.path))
    client.runs.artifacts.download_all(run.id, folder)
    print(run.output, len(list(client.runs.iter())), pickle.loads(pickle.dumps(run)) == run, hasattr(run, "status"))
    try:
        client.runs.get("run_none")
    except EigenpalNotFoundError as error:
        print(error.status)


async def main() -> None:
    async with AsyncEigenpalClient(api_key=key, base_url=url) as client:
        print((await client.run_and_wait("workflows.take", {"document": Path(document)})).output)


asyncio.run(main())
print([name for name in sys.modules if name.startswith(("eigenpal.testing", "PyInstaller"))])
"""
# Other packages of this environment, which PyInstaller would include because something could import them.
OTHERS = ("IPython", "django", "hypothesis", "numpy", "pandas", "pydantic", "pytest", "rich", "tkinter", "trio")


def build(folder: Path, code: str) -> Path:
    (folder / "app.py").write_text(code, encoding="utf-8")
    options = ["--noconfirm", "--log-level=ERROR", "--distpath=dist", "--workpath=build", "--specpath=."]
    excluded = [f"--exclude-module={name}" for name in OTHERS]
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", *options, *excluded, "app.py"],
        cwd=folder,
        check=True,
        env={"PYINSTALLER_CONFIG_DIR": str(folder / "cache"), "PATH": "/usr/bin:/bin"},
    )
    return folder / "dist" / "app" / "app"


def test_an_application_that_was_frozen(tmp_path: Path) -> None:
    application = build(tmp_path, APPLICATION)
    (tmp_path / "contract.pdf").write_bytes(b"%PDF-1.7 contract")
    server = EigenpalServer()

    @server.workflow("take")
    def take(input: Any, files: Any, context: Any) -> Any:
        context.artifact("copy.txt", files["document"].content)
        return {"name": files["document"].filename}

    with server:
        done = subprocess.run(
            [application, server.url, server.api_key, tmp_path / "contract.pdf", tmp_path / "saved"],
            capture_output=True,
            text=True,
            env={},
        )
    assert (done.returncode, done.stderr) == (0, "")
    output = "{'name': 'contract.pdf'}"
    assert done.stdout.splitlines() == [
        "output/copy.txt b'%PDF-1.7 contract'",
        f"{output} 1 True False",
        "404",
        output,
        "[]",
    ]
    assert [path.read_bytes() for path in (tmp_path / "saved").rglob("*.txt")] == [b"%PDF-1.7 contract"]


def test_an_application_with_the_embedded_server(tmp_path: Path) -> None:
    code = """
        from eigenpal.testing import EigenpalServer

        with EigenpalServer() as server, server.client() as client:
            print(client.run("workflows.echo", {"a": 1}, wait_for_completion=60).output)
    """
    done = subprocess.run(build(tmp_path, textwrap.dedent(code)), capture_output=True, text=True, env={})
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "{'a': 1}\n")
