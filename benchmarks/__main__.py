"""``python -m benchmarks [NAME ...]``: measures budgets and prints the results."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks.budgets import ALL
from benchmarks.measurement import HEADINGS, Result


def _get_name(budget: Callable[[], Result | list[Result]]) -> str:
    return budget.__name__.removeprefix("measure_")


def main() -> int:
    """Measure the budgets and print the results.

    Returns:
        0 if every budget is kept, 1 if one is not, 2 if no budget has the given name.
    """
    names = sys.argv[1:]
    chosen = [budget for budget in ALL if not names or _get_name(budget) in names]
    if not chosen:
        print(f"Names: {', '.join(_get_name(budget) for budget in ALL)}", file=sys.stderr)
        return 2
    print(HEADINGS)
    kept: list[bool] = []
    for budget in chosen:
        measured = budget()
        for result in measured if isinstance(measured, list) else [measured]:
            if result.budget is not None:
                kept.append(result.is_kept)
            print(result, flush=True)
    broken = kept.count(False)
    print(f"{broken} of {len(kept)} budgets are NOT kept" if broken else f"all {len(kept)} budgets are kept")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
