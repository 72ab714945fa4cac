"""An upload to the application of the page."""

from __future__ import annotations

from typing import Any

from tests.docs.page_setup.files import prepare
from tests.support.pages import PageRun

__all__ = ["check", "prepare"]


def check(run: PageRun) -> None:
    application: Any = run.load("receive").app
    with (run.folder / "invoice.pdf").open("rb") as file:
        response = application.test_client().post("/contracts", data={"document": (file, "march.pdf")})
    assert response.status_code == 202
    with run.server.client() as client:
        finished = client.runs.wait(response.get_json()["run"])
    assert (finished.output or {})["file"] == "march.pdf"
