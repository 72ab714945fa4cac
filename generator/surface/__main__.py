"""The command line: ``python -m generator.surface [--check]`` writes `openapi/surface.txt`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.surface.annotations import branches
from generator.surface.reading import read_surface
from generator.surface.values import Parameter, Surface, full_name

ROOT = Path(__file__).parent.parent.parent
SURFACE = ROOT / "openapi" / "surface.txt"


def format_surface(surface: Surface) -> str:
    """Format a surface: every call, argument, field and known value on a line of its own, sorted."""
    lines: set[str] = {*surface.others}
    for call in surface.calls.values():
        further = ["..."] if len(call.parameters) > len(call.positional) else []
        lines.add(f"{call.name}({', '.join([*call.positional, *further])}) -> {call.returns or 'None'}")
        for parameter in call.parameters:
            keyword = "" if parameter.is_positional else "="
            lines.add(f"{call.name}({parameter.name}{keyword}): {_format_parameter(parameter)}")
    for model in surface.models.values():
        name = full_name(model.name)
        lines |= {f"{name}{f': a kind of {base}' if base else ''}" for base in model.bases or [""]}
        lines |= {*(f"{name}.{field.name}: {_format_parameter(field)}" for field in model.fields)}
    for name, written in surface.aliases.items():
        lines |= {f"types.{name} = {branch}" for branch in branches(written)}
    return "".join(f"{line}\n" for line in sorted(lines))


def _format_parameter(parameter: Parameter) -> str:
    if parameter.is_needed:
        return parameter.type.replace(" | Unset", "")
    return f"{parameter.type}{f' = {parameter.default}' if parameter.default else ''}"


def main(arguments: list[str] | None = None) -> int:
    """Write `openapi/surface.txt`, or check it.

    Returns:
        0 on success, 1 if the file is out of date.
    """
    parser = argparse.ArgumentParser(prog="python -m generator.surface", description="Write openapi/surface.txt.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file is out of date")
    options = parser.parse_args(arguments)
    written = format_surface(read_surface(ROOT))
    shown = SURFACE.relative_to(ROOT)
    if SURFACE.exists() and SURFACE.read_text(encoding="utf-8") == written:
        print(f"{shown} is up to date")
    elif options.check:
        print(f"{shown} is out of date with the packages; run `make generate` to fix it.", file=sys.stderr)
        return 1
    else:
        SURFACE.write_text(written, encoding="utf-8")
        print(f"{shown} written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
