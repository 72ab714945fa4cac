"""Formats the generated code."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from generator import text

Files = dict[str, str]
"""File contents by path within the package."""


def formatted(files: Files, package: str) -> Files:
    """Run the formatter on all files at once, isolated from the project and its configuration."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, package, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        options = ["--isolated", "--no-cache", "--quiet", "--target-version=py310"]
        options += [f"--config=line-length={text.WIDTH}"]
        sorting = [
            f'--config=lint.isort.known-first-party=["{package}"]',
            "--config=lint.isort.combine-as-imports=true",
        ]
        for command in (["check", "--select=I", "--fix", *sorting], ["format"]):
            done = subprocess.run(  # noqa: S603 - our own formatter, on files we wrote
                [sys.executable, "-m", "ruff", *command, *options, "."],
                cwd=folder,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
            if done.returncode:
                raise RuntimeError(f"the formatter rejected the generated code:\n{done.stdout}{done.stderr}")
        return {name: Path(folder, package, name).read_text(encoding="utf-8") for name in files}
