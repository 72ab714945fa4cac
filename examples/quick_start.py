"""Run the workflow extract-invoice on a PDF and print its output.

export EIGENPAL_API_KEY=...
python examples/quick_start.py

Without an account, `python -m eigenpal.testing --app examples.invoices:server` prints the variables to set.
"""

import os
from pathlib import Path

from eigenpal import EigenpalClient

client = EigenpalClient(api_key=os.environ["EIGENPAL_API_KEY"])

# Run a workflow with a file input (multipart upload, no base64).
result = client.workflows.executions.run_and_wait(
    "extract-invoice",
    input={"contract": Path(__file__).with_name("invoice.pdf")},
)
print(result["finished"], result["output"])
