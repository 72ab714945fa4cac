"""Records everything anew: ``python -m tests.generator.net``. Review what changed before you commit it."""

from __future__ import annotations

from pathlib import Path

from tests.generator.net.golden import generate_modules
from tests.generator.net.notation import dump
from tests.generator.net.recorder import record

FILES = sorted(Path(__file__).parent.glob("*.yaml"))


def main() -> None:
    for file in FILES:
        file.write_text(dump(record(file)), encoding="utf-8")
    for kept, content in generate_modules().items():
        kept.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
