"""A FastAPI application that takes an upload, starts a run, responds at once and waits in the background.

    pip install eigenpal fastapi uvicorn python-multipart
    export EIGENPAL_API_KEY=...
    uvicorn --app-dir examples fastapi_upload:app
    curl -F document=@examples/invoice.pdf http://127.0.0.1:8000/invoices
    curl http://127.0.0.1:8000/invoices/RUN_ID

Without an account, `python -m eigenpal.testing --app examples.invoices:server` prints the variables to set.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import BackgroundTasks, FastAPI, HTTPException, Request, UploadFile
from fastapi.responses import JSONResponse

from eigenpal import AsyncEigenpalClient, EigenpalError

invoices: dict[str, dict[str, Any]] = {}  # stands for the database of the application


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep one client, and its connections, for all requests."""
    async with AsyncEigenpalClient() as app.state.client:
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/invoices", status_code=202)
async def upload_invoice(document: UploadFile, request: Request, tasks: BackgroundTasks) -> dict[str, str]:
    """Start a run. That is done before the response, because FastAPI closes the upload with the request."""
    client: AsyncEigenpalClient = request.app.state.client
    started = await client.run("workflows.extract-invoice", {"contract": document})
    invoices[started.id] = {"status": "in progress"}
    tasks.add_task(save_result, client, started.id)
    return {"id": started.id}


async def save_result(client: AsyncEigenpalClient, run_id: str) -> None:
    """Wait for a run and save its result. After a restart, call it again for the runs without one: they go on."""
    try:
        run = await client.runs.wait(run_id, timeout_seconds=3600)
        invoices[run_id] = {"status": run.execution.status, "output": run.output, "error": run.error}
    except EigenpalError:
        logging.exception("Gave up waiting for %s", run_id)


@app.get("/invoices/{run_id}")
async def get_invoice(run_id: str) -> dict[str, Any]:
    """Return what is known of an invoice of this application, and of no other run."""
    if run_id not in invoices:
        raise HTTPException(404)
    return invoices[run_id]


@app.exception_handler(EigenpalError)
async def report_failed_start(request: Request, error: EigenpalError) -> JSONResponse:
    """Respond 502 if the run could not be started."""
    logging.error("No run was started", exc_info=error)
    return JSONResponse({"detail": "The document could not be processed."}, 502)
