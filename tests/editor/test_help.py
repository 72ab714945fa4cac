"""What `help` prints of every method."""

from __future__ import annotations

import inspect
import pydoc
from typing import Any

import pytest

from .surface import CLIENTS, list_methods


@pytest.mark.parametrize("client", CLIENTS)
def test_help_begins_with_the_signature_and_the_summary(client: type[Any]) -> None:
    for place, method in list_methods(client).items():
        heading, _, text = pydoc.plain(pydoc.render_doc(method)).partition("\n\n")
        documentation = inspect.getdoc(method)
        name = place.rpartition(".")[2]
        assert documentation is not None, place
        assert f" {name} in module eigenpal" in heading
        assert text.removeprefix("async ").startswith(f"{name}("), place
        declaration, found, rest = text.partition(f"\n    {documentation.splitlines()[0]}\n")
        assert found, place
        assert "Example" in rest or name in ("close", "aclose"), place
        for parameter in inspect.signature(method).parameters:
            assert f"{parameter}: " in declaration, (place, parameter)
            assert f"        {parameter}: " in rest, (place, parameter)
