"""``python -m benchmarks [NAME ...]``: prints each budget with what was measured."""

from __future__ import annotations

import sys

from benchmarks.budgets import ALL


def main() -> int:
    """Measure, print, and fail if a budget does not hold.

    Returns:
        The number of budgets that do not hold.
    """
    wanted = sys.argv[1:]
    chosen = [budget for budget in ALL if not wanted or budget.__name__ in wanted]
    if not chosen:
        print(f"Names: {', '.join(budget.__name__ for budget in ALL)}", file=sys.stderr)
        return 2
    print(f"{'':<44} {'ours':>12} {'theirs':>12} {'measured':>12}   budget")
    broken = 0
    for budget in chosen:
        result = budget()
        broken += not result.kept
        print(result, flush=True)
    return broken


if __name__ == "__main__":
    raise SystemExit(main())
