"""Asks pyright's language server what an editor shows."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


class Hover(NamedTuple):
    """What is shown for a name: its kind (of a class, None), its declaration and its documentation."""

    kind: str | None
    declaration: str
    documentation: str


class LanguageServer:
    """A language server with one open file, in a project in which the package looks installed."""

    def __init__(self, folder: Path) -> None:
        settings = {"extraPaths": [str(ROOT)], "pythonVersion": "3.10"}
        (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        self._document = {"uri": (folder / "application.py").as_uri()}
        self._version = itertools.count(1)
        self._ids = itertools.count(1)
        command = [sys.executable, "-m", "pyright.langserver", "--stdio"]
        self._process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        formats = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        folders = [{"uri": folder.as_uri(), "name": "application"}]
        self._request("initialize", processId=None, rootUri=None, workspaceFolders=folders, capabilities=formats)
        self._notify("initialized")

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._request("shutdown")
            self._notify("exit")
        else:
            self._process.kill()
        self._process.communicate()

    def open(self, text: str) -> None:
        """Replace the text of the file."""
        version = next(self._version)
        if version == 1:
            document = {**self._document, "languageId": "python", "version": version, "text": text}
            self._notify("textDocument/didOpen", textDocument=document)
        else:
            document = {**self._document, "version": version}
            self._notify("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def hover(self, line: int, character: int) -> Hover:
        """Return what is shown for the name at a place, counted from 0."""
        found = self._request_at("hover", line, character)
        assert found is not None, (line, character)
        text = found["contents"]["value"]
        parts = re.fullmatch(r"```python\n(?:\((\w+)\)\s+)?(.*?)\n```(?:\n---\n(.*))?", text, re.DOTALL)
        assert parts is not None, text
        # Outside of code, underscores and the like are escaped.
        return Hover(parts[1], parts[2], re.sub(r"\\(?=[^a-zA-Z0-9\s])", "", parts[3] or ""))

    def complete(self, line: int, character: int) -> list[str]:
        """Return the names that are offered at a place."""
        return [item["label"] for item in self._request_at("completion", line, character)["items"]]

    def _request_at(self, method: str, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        return self._request(f"textDocument/{method}", textDocument=self._document, position=position)

    def _request(self, method: str, **parameters: Any) -> Any:
        number = next(self._ids)
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if "method" not in message:
                assert message["id"] == number
                assert "error" not in message, message
                return message["result"]
            if "id" in message:  # a request of the server, for example for the settings of the editor
                self._send({"id": message["id"], "result": None})

    def _notify(self, method: str, **parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        return json.loads(self._process.stdout.read(length))  # type: ignore[no-any-return]
