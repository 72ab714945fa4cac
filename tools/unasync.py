"""Writes the synchronous client from the asynchronous one, by replacing names and phrases.

With ``--check`` it writes nothing, and fails if a written file is out of date.

The `unasync` package on PyPI does not change docstrings, which are half of these files, and names classes `SyncX`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

FILES = {
    "eigenpal/_async_client.py": "eigenpal/_client.py",
    "eigenpal/_resources/async_artifacts.py": "eigenpal/_resources/sync_artifacts.py",
    "eigenpal/_resources/async_runs.py": "eigenpal/_resources/sync_runs.py",
    "eigenpal/_resources/async_workflows.py": "eigenpal/_resources/sync_workflows.py",
    "eigenpal/_runs/async_run_poller.py": "eigenpal/_runs/sync_run_poller.py",
}

# Applied in this order. Functions named async_x are replaced by their hand-written counterparts sync_x.
NAMES = {
    r"\basync_(?=\w)|(?<=_)async_(?=\w)": "sync_",
    r"Async(?=[A-Z])": "",
    r"\biterate_async\b": "iterate",
    r"\b(async|await) ": "",
    r"__a(?=enter__|exit__)": "__",
    r"\baclose\b": "close",
}

# Each must occur in some file, so that outdated phrases are noticed.
PHRASES = {
    "The asynchronous client.": "The synchronous client.",
    "Asynchronous client for the Eigenpal API, for asyncio and trio.": "Synchronous client for the Eigenpal API.",
    "A client can be shared between tasks.": "A client can be shared between threads.",
    "up to four at a time": "one after the other",
    "\n                A coroutine function is awaited.": "",
    "\n            A coroutine function is awaited.": "",
}


def convert(source: str, path: str) -> str:
    """Return the synchronous version of the source of a module.

    Raises:
        ValueError: A word that only makes sense in asynchronous code is left.
    """
    text = source
    for phrase, replacement in PHRASES.items():
        text = text.replace(phrase, replacement)
    for pattern, replacement in NAMES.items():
        text = re.sub(pattern, replacement, text)
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.search(r"(?i)asyn|await|coroutine|anyio|trio\b", line):
            raise ValueError(f"{path}:{number}: there is no rule in tools/unasync.py for {found[0]!r} in: {line}")
    header = f"# Written from {path} by tools/unasync.py; do not edit. Run `make generate`.\n"
    return run_ruff("format", run_ruff("check", header + text, "--select=F811,I", "--fix-only"))


def run_ruff(command: str, source: str, *options: str) -> str:
    """Sort the imports of a module, or format it."""
    arguments = [
        sys.executable,
        "-m",
        "ruff",
        command,
        "--quiet",
        "--stdin-filename=eigenpal/_client.py",
        *options,
        "-",
    ]
    return subprocess.run(arguments, input=source, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def main() -> int:
    """Update the files, or check them.

    Returns:
        0 on success, 1 if a file is out of date.
    """
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in FILES}
    for phrase in PHRASES:
        if not any(phrase in source for source in sources.values()):
            raise ValueError(f"tools/unasync.py has a rule for a phrase that no file contains: {phrase!r}")
    written = {FILES[path]: convert(source, path) for path, source in sources.items()}
    stale = [name for name, text in written.items() if not is_current(ROOT / name, text)]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(
                f"{name} is out of date with its asynchronous version; run `make generate` to fix it.", file=sys.stderr
            )
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).write_text(written[name], encoding="utf-8")
    print(f"{len(stale)} of {len(written)} synchronous modules written")
    return 0


def is_current(path: Path, text: str) -> bool:
    """Return whether a file has this text."""
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
