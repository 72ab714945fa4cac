"""A tiny application, which decides whether an invoice is paid without asking anybody. Its tests are beside it.

    export EIGENPAL_API_KEY=...
    python examples/tested_application/approvals.py examples/invoice.pdf 2000

Without an account, `python -m eigenpal.testing --app examples.invoices:server` prints the variables to set.
"""

import sys
from pathlib import Path

from eigenpal import EigenpalClient, EigenpalTimeoutError


def approve(invoice: Path, limit: float) -> str:
    """Return `pay`, or why somebody has to look at the invoice."""
    with EigenpalClient() as client:
        try:
            run = client.run_and_wait("workflows.extract-invoice", {"contract": invoice}, timeout_seconds=600)
        except EigenpalTimeoutError as error:
            return f"ask: {error.run_id} has not finished"
    if run.execution.status != "completed":
        return f"ask: {run.error}"
    total = (run.output or {}).get("total")
    if total is None:
        return "ask: no total was found"
    return "pay" if total <= limit else f"ask: {total:.2f} is more than {limit:.2f}"


if __name__ == "__main__":
    print(approve(Path(sys.argv[1]), float(sys.argv[2])))
