"""``python -m benchmarks [NAME ...]``: prints each budget with what was measured."""

from __future__ import annotations

import sys

from benchmarks.budgets import ALL
from benchmarks.measuring import HEADINGS


def main() -> int:
    """Measure and print.

    Returns:
        0 if every budget is kept, 1 if one is not, 2 if there is none of that name.
    """
    wanted = sys.argv[1:]
    chosen = [budget for budget in ALL if not wanted or budget.__name__ in wanted]
    if not chosen:
        print(f"Names: {', '.join(budget.__name__ for budget in ALL)}", file=sys.stderr)
        return 2
    print(HEADINGS)
    broken = 0
    for budget in chosen:
        result = budget()
        broken += not result.kept
        print(result, flush=True)
    print(f"{broken} of {len(chosen)} budgets are NOT kept" if broken else f"all {len(chosen)} budgets are kept")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
