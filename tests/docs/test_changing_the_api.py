"""The overlay shown in docs/how-to/changing-the-api.md does what the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "changing-the-api.md"


def make_document() -> dict[str, Any]:
    def make_object(**properties: Any) -> dict[str, Any]:
        return {"type": "object", "properties": properties}

    text = {"type": "string"}
    stream = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/event-stream": {}}
    shape = {"anyOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}]}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.test"}],
        "security": [{"key": []}],
        "paths": {
            "/things": {
                "get": {"operationId": "listThings", "responses": {"200": {"description": "Them.", "content": stream}}}
            }
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Thing": make_object(size=make_object(width=text), shape={"$ref": "#/components/schemas/Shape"}),
                "Circle": make_object(radius=text, kind=text),
                "Square": make_object(radius=text, kind=text),
                "Shape": shape,
            },
        },
    }


def test_the_overlay_of_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (actions,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    head = "overlay: 1.0.0\ninfo: {title: Ours, version: 1.0.0}\n"
    (tmp_path / "openapi.json").write_text(json.dumps(make_document()), encoding="utf-8")
    (tmp_path / "overlay.yaml").write_text(head + actions, encoding="utf-8")
    assert main(["--spec", str(tmp_path / "openapi.json"), "--out", str(tmp_path / "out")]) == 0
    assert "note" not in capsys.readouterr().err
    files = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.py")}
    assert {"api/things/list.py", "models/thing_size.py"} <= files
    shape = (tmp_path / "out" / "models" / "shape.py").read_text(encoding="utf-8")
    assert 'if "radius" in raw:' in shape
    assert 'raw.get("kind") in ("square", "rectangle")' in shape
