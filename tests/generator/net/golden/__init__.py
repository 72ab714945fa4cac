"""Modules generated from `openapi.yaml` beside this file, kept under their names with ``.txt`` at the end."""

from __future__ import annotations

from pathlib import Path

from tests.generator.net.packages import PACKAGE, generate

FOLDER = Path(__file__).parent


def generate_modules() -> dict[Path, str]:
    """Generate the modules that are kept, by the file that each is kept in."""
    with generate(FOLDER / "openapi.yaml") as folder:
        return {
            kept: (folder / PACKAGE / kept.relative_to(FOLDER).with_suffix("")).read_text(encoding="utf-8")
            for kept in sorted(FOLDER.rglob("*.txt"))
        }
