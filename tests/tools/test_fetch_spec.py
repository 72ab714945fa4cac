"""A newer spec is fetched from a URL, and replaces the old one only if it is one."""

from __future__ import annotations

import io
import subprocess
import sys
import urllib.request
from http.client import HTTPMessage
from pathlib import Path
from urllib.error import URLError

import pytest

from tools.fetch_spec import HttpsRedirects, fetch_spec

ROOT = Path(__file__).parents[2]


def fetch(url: str, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "fetch_spec.py"), url, "--to", str(target)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


SWAGGER = "swagger: '2.0'\ninfo: {title: Old, version: 1}\npaths: {}\n"


@pytest.mark.parametrize(
    "content",
    [
        (ROOT / "eigenpal_generated" / "openapi.json").read_text(encoding="utf-8"),
        "openapi: 3.0.0  # by hand\ninfo: {}\n",  # whether the generator can use it is said by the generator
    ],
)
def test_a_newer_spec_replaces_the_old_one_byte_for_byte(content: str, tmp_path: Path) -> None:
    newer = tmp_path / "newer.json"
    newer.write_text(content, encoding="utf-8")
    target = tmp_path / "openapi.yaml"
    target.write_text("old", encoding="utf-8")
    done = fetch(newer.as_uri(), target)
    assert done.returncode == 0, done.stderr
    assert "next, run `make generate`" in done.stdout
    assert target.read_bytes() == newer.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["newer.json", "openapi.yaml"]


@pytest.mark.parametrize(
    ("url", "code", "message"),
    [
        ("http://127.0.0.1:9/openapi.yaml", 1, "must begin with https://"),
        ("openapi.yaml", 1, "not nothing"),
        ("file:///nowhere/openapi.yaml", 1, "Cannot read the URL"),
        ("broken", 2, "#/swagger: Swagger 2 is not supported"),
    ],
)
def test_a_spec_that_cannot_be_fetched_or_loaded(tmp_path: Path, url: str, code: int, message: str) -> None:
    target = tmp_path / "openapi.yaml"
    target.write_text("old", encoding="utf-8")
    if url == "broken":
        broken = tmp_path / "broken.yaml"
        broken.write_text(SWAGGER, encoding="utf-8")
        url = broken.as_uri()
    done = fetch(url, target)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if "download" in path.name] == []


def test_the_job_keeps_what_is_not_a_spec_so_that_it_is_seen(tmp_path: Path) -> None:
    broken, target = tmp_path / "broken.yaml", tmp_path / "openapi.yaml"
    broken.write_text(SWAGGER, encoding="utf-8")
    assert fetch_spec(broken.as_uri(), target, keep_unusable=True) == 2
    assert target.read_text(encoding="utf-8") == SWAGGER
    assert fetch_spec("file:///nowhere/openapi.yaml", target, keep_unusable=True) == 1
    assert target.read_text(encoding="utf-8") == SWAGGER


def test_a_redirect_leads_to_https_only() -> None:
    request = urllib.request.Request("https://api.test/openapi.yaml")

    def redirect(url: str) -> urllib.request.Request | None:
        return HttpsRedirects().redirect_request(request, io.BytesIO(), 302, "Found", HTTPMessage(), url)

    followed = redirect("https://files.test/openapi.yaml")
    assert followed is not None
    assert followed.full_url == "https://files.test/openapi.yaml"
    with pytest.raises(URLError, match="not https"):
        redirect("http://files.test/openapi.yaml")
