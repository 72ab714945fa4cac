"""Writes eigenpal/types.pyi, which names every type of eigenpal/types.py for type checkers, editors and documentation.

With ``--check`` it writes nothing, and fails if the stub is out of date.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from eigenpal import types  # noqa: E402
from tools.unasync import run_ruff  # noqa: E402

STUB = ROOT / "eigenpal" / "types.pyi"
HEADER = "# Written from eigenpal/types.py by tools/types_stub.py; do not edit. Run `make generate`.\n\n"


def main() -> int:
    """Write the stub, or check it.

    Returns:
        0 on success, 1 if the stub is out of date.
    """
    text = render_stub()
    if STUB.exists() and STUB.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in sys.argv[1:]:
        print("eigenpal/types.pyi is out of date; run `make generate` to fix it.", file=sys.stderr)
        return 1
    STUB.write_text(text, encoding="utf-8")
    return 0


def render_stub() -> str:
    """Format the imports of all types, sorted."""
    modules: dict[str, str] = vars(types)["_MODULES"]
    names: dict[str, list[str]] = defaultdict(list)
    for name in dir(types):
        names[modules.get(name, "eigenpal_generated.models")].append(name)
    lines = [
        f"from {module} import {', '.join(f'{name} as {name}' for name in found)}\n" for module, found in names.items()
    ]
    return run_ruff("format", run_ruff("check", HEADER + "".join(lines), "--select=I", "--fix-only"))


if __name__ == "__main__":
    sys.exit(main())
