from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer, RunContext

from .conftest import Http, always_return

FILES: dict[str, bytes] = {
    "summary.pdf": b"%PDF-1.7\n\xff\x00",
    "nested/lines.csv": b"a,b\r\n",
    "empty.bin": b"",
    "späße & mehr?.txt": "ä".encode(),
    "large.bin": bytes(range(256)) * 8192,
}


@pytest.fixture
def run_id(server: EigenpalServer, http: Http) -> str:
    @server.workflow("write", steps=["render"])
    def write(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
        for name, content in FILES.items():
            context.artifact(name, content)
        with context.track_step("render"):
            context.artifact("page.png", b"\x89PNG")
        return {}

    found: str = http.run_and_wait("workflows.write")["id"]
    return found


def test_artifacts_are_listed_and_downloaded_as_they_are(run_id: str, http: Http) -> None:
    rows = http.get(f"/runs/{run_id}/artifacts").json()["artifacts"]
    assert [row["path"] for row in rows] == [*(f"output/{name}" for name in FILES), "output/render/page.png"]
    assert rows == http.get_run(run_id)["files"]
    for row in rows:
        response = http.get(f"/runs/{run_id}/artifacts/" + "/".join(_quote(chunk) for chunk in row["path"].split("/")))
        expected = FILES.get(row["path"].removeprefix("output/"), b"\x89PNG")
        assert response.content == expected
        assert response.headers["content-type"] == row["contentType"]
        assert int(response.headers["content-length"]) == row["size"] == len(expected)
        assert response.headers["content-disposition"].startswith("attachment")
    assert rows[-1]["stepName"] == "render"
    assert (rows[0]["contentType"], rows[2]["contentType"]) == ("application/pdf", "application/octet-stream")


def _quote(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


@pytest.mark.parametrize("path", ["nothing", "output", "output/", "%2E%2E/%2E%2E/etc/passwd", "output/..%2Fx", "%00"])
def test_artifacts_that_are_not_there(run_id: str, http: Http, path: str) -> None:
    assert http.get(f"/runs/{run_id}/artifacts/{path}").status_code == 404


def test_the_zip(run_id: str, http: Http) -> None:
    response = http.get(f"/runs/{run_id}/files-zip")
    assert response.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {**FILES, "render/page.png": b"\x89PNG"}
    assert http.get(f"/runs/{run_id}/files-zip").content == response.content
    some = http.get(f"/runs/{run_id}/files-zip", params={"files": "summary.pdf,page.png", "token": "t"})
    with zipfile.ZipFile(io.BytesIO(some.content)) as archive:
        assert archive.namelist() == ["summary.pdf", "render/page.png"]
    assert http.get(f"/runs/{run_id}/files-zip", params={"files": "nothing"}).status_code == 404


def test_file_rows(run_id: str, http: Http) -> None:
    rows = http.get(f"/runs/{run_id}/files").json()
    assert rows["inputs"] == []
    assert [row["filename"] for row in rows["outputsByStep"]["render"]] == ["page.png"]
    assert len(rows["outputsByStep"]["output"]) == len(FILES)


@pytest.mark.parametrize("name", ["", ".", "..", "a//b", "../a", "a/./b"])
def test_names_an_artifact_cannot_have(server: EigenpalServer, http: Http, name: str) -> None:
    @server.workflow("odd")
    def odd(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        context.artifact(name, b"")

    assert "not a valid artifact name" in http.run_and_wait("workflows.odd")["error"]


def test_agent_runs_have_no_file_rows(server: EigenpalServer, http: Http) -> None:
    server.agent("a")(always_return({}))
    run_id = http.run_and_wait("agents.a")["id"]
    assert http.get(f"/runs/{run_id}/files").status_code == 404
    assert http.post(f"/runs/{run_id}/files", files={"file": b"x"}).status_code == 404


def test_expected_files(run_id: str, http: Http) -> None:
    base = f"/runs/{run_id}/expected"
    assert http.get(base).json() == {"expected": None, "files": []}
    copied = http.post(base, json={"outputFileName": "summary.pdf"})
    assert (copied.status_code, copied.json()) == (201, {"name": "summary.pdf"})
    assert http.post(base, json={"outputFileName": "page.png", "expectedName": "p.png"}).json() == {"name": "p.png"}
    uploaded = http.post(base, files={"file": ("trips.json", b"[]", "application/json")})
    assert (uploaded.status_code, uploaded.json()) == (201, {"name": "trips.json"})
    assert http.post(base, files={"file": ("x", b"new")}, data={"name": "trips.json"}).json() == {"name": "trips.json"}
    assert [file["name"] for file in http.get(base).json()["files"]] == ["summary.pdf", "p.png", "trips.json"]
    assert http.get(f"{base}/trips.json").content == b"new"
    assert http.get(f"{base}/summary.pdf").headers["content-type"] == "application/pdf"
    assert http.patch(f"{base}/p.png", json={"name": "ä/b.png"}).status_code == 400
    assert http.patch(f"{base}/p.png", json={"name": "trips.json"}).json()["issues"][0]["code"] == "already_exists"
    assert http.patch(f"{base}/p.png", json={"name": "q ü.png"}).json() == {"name": "q ü.png"}
    assert http.get(f"{base}/p.png").status_code == 404
    assert http.get(f"{base}/q%20%C3%BC.png").content == b"\x89PNG"
    gone = http.delete(f"{base}/summary.pdf")
    assert (gone.status_code, gone.content, gone.headers.get("content-type")) == (204, b"", None)
    assert http.delete(f"{base}/summary.pdf").status_code == 404
    assert http.post(base, json={"outputFileName": "nothing"}).status_code == 404
    assert http.post(base, data={"name": "a"}, files={"other": b"x"}).status_code == 400
    assert [item["name"] for item in http.get(base).json()["files"]] == ["q ü.png", "trips.json"]


def test_feedback(server: EigenpalServer, http: Http) -> None:
    server.agent("a")(always_return({"total": 1}))
    run_id = http.run_and_wait("agents.a")["id"]
    base = f"/runs/{run_id}/feedback"
    assert http.get(base).json() == {"feedback": None, "expected": None, "expectedFiles": []}
    first = http.patch(base, json={"body": "Date is wrong", "rating": "partial", "expected": {"total": 2}}).json()
    assert (first["feedback"]["rating"], first["feedback"]["status"]) == ("partial", "open")
    assert (first["expected"], first["feedback"]["updatedAt"]) == ({"total": 2}, None)
    second = http.patch(base, json={"feedbackRating": "pass", "feedback": None}).json()["feedback"]
    assert (second["rating"], second["body"]) == ("pass", "")
    assert second["updatedAt"] is not None
    resolved = http.patch(base, json={"status": "resolved"}).json()["feedback"]
    assert resolved["resolvedAt"] is not None
    assert resolved["resolvedBy"] == resolved["createdBy"]
    assert http.patch(base, json={"feedbackStatus": "open"}).json()["feedback"]["resolvedAt"] is None
    assert http.patch(base, json={"rating": None}).json()["feedback"]["rating"] is None
    conflict = http.patch(base, json={"rating": "pass", "feedbackRating": "fail"})
    assert (conflict.status_code, conflict.json()["issues"][0]["field"]) == (400, "body.feedbackRating")
    assert http.patch(base, json={"rating": "good"}).json()["issues"][0]["field"] == "body.rating"
    expanded = http.get_run(run_id, "execution")["execution"]
    assert expanded["feedback"]["status"] == "open"
    assert expanded["expected"] == {"output": {"total": 2}, "files": []}
    assert http.get(f"/runs/{run_id}/comparison").json()["comparison"]["status"] == "fail"
    assert http.delete(base).json()["feedback"] is None
    assert http.get(base).json()["expected"] == {"total": 2}
    http.patch(base, json={"expected": {"total": 1}})
    assert http.get(f"/runs/{run_id}/comparison").json()["comparison"]["status"] == "pass"


def test_a_live_run_is_connected_to(frozen_server: EigenpalServer, frozen_http: Http) -> None:
    frozen_server.workflow("slow", run_seconds=10)(always_return({}))
    run_id = frozen_http.start_run("workflows.slow")["id"]
    live = frozen_http.post(f"/runs/{run_id}/connect").json()
    assert (live["id"], live["status"], live["finished"]) == (run_id, "running", False)
    assert live["events"]


def test_a_content_type_that_cannot_be_sent(server: EigenpalServer, http: Http) -> None:
    @server.workflow("odd")
    def odd(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        context.artifact("a.txt", b"", content_type="text/plain\r\nX-Injected: 1")

    assert "is not a valid content type" in http.run_and_wait("workflows.odd")["error"]
