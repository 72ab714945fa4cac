"""What tools see of models and pages: fields that have a value, without secrets, and the first rows of a page."""

from __future__ import annotations

import inspect
import pprint
import traceback
from typing import Any
from unittest.mock import Mock, create_autospec

import pytest

from eigenpal_generated import models
from eigenpal_generated.base_models import BaseModel
from eigenpal_generated.encoding import UNSET
from tests.generated.schemas import MODELS, Json, for_each_example, load_examples


class Printer:
    """The part of the pretty printer of IPython that models use, printing to one line."""

    def __init__(self) -> None:
        self.printed = ""

    def group(self, _indent: int, opening: str, closing: str) -> Printer:
        self.text(opening)
        self._closing = closing
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_error: object) -> None:
        self.text(self._closing)

    def text(self, text: str) -> None:
        self.printed += text

    def breakable(self) -> None:
        self.text(" ")

    def pretty(self, value: object) -> None:
        self.text(repr(value))


def print_pretty(model: Any) -> str:
    printer = Printer()
    model._repr_pretty_(printer, False)
    return printer.printed


def make_secrets() -> list[Any]:
    secret = models.PlaintextSecretEntry(source_path="a", secret_name="b", plaintext="hunter2")
    response = {
        **load_examples("SourceSecretsDecryptResponse")[0],
        "plaintext": "hunter2",
        "decrypted": {"a": "hunter2"},
    }
    return [
        secret,
        models.SourceSecretsEncryptBody(plaintext="hunter2", secrets=[secret]),
        models.SourceSecretsDecryptResponse.from_dict(response),
    ]


def make_page(count: int) -> models.RunsListResponse:
    raw = load_examples("RunsListResponse")[0]
    return models.RunsListResponse.from_dict({**raw, "runs": (raw["runs"] * count)[:count]})


@for_each_example
def test_every_model_is_shown_with_all_of_its_fields(name: str, raw: Json) -> None:
    model: Any = MODELS[name].from_dict(raw)
    fields = [field for field in model._wire_names if getattr(model, field) not in (None, UNSET)]
    assert [field for field, _ in model.__rich_repr__()] == fields
    assert print_pretty(model).startswith(f"{name}(")
    assert model._ipython_key_completions_() == list(raw)
    assert {*fields, "to_dict", "from_dict"} - model._secrets <= {*dir(model)}
    assert not [found for found in dir(model) if found.startswith("_") and not found.endswith("__")]


def test_the_whole_output_is_shown() -> None:
    output = {"lines": [{"price": number} for number in range(20)]}
    run = models.Run.from_dict({**load_examples("Run")[0], "output": output})
    assert dict(run.__rich_repr__())["output"] == output
    assert f"output={output!r}" in print_pretty(run)


def test_the_first_rows_of_a_page_are_shown() -> None:
    page = make_page(12)
    assert "runs=[12 items]" in repr(page)
    rows = dict(page.__rich_repr__())["runs"]
    assert [repr(row) for row in rows] == [*map(repr, page[:10]), "... 2 more rows"]
    assert "more rows" not in print_pretty(make_page(10))


@pytest.mark.parametrize("model", make_secrets())
def test_secrets_are_never_shown(model: BaseModel) -> None:
    def fail(local: object) -> None:
        raise RuntimeError(f"{local is None}")

    with pytest.raises(RuntimeError) as caught:
        fail(model)
    trace = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    for shown in (
        repr(model),
        pprint.pformat([model]),
        print_pretty(model),
        repr(list(model.__rich_repr__())),
        repr(inspect.getmembers(model)),
        "".join(trace.format()),
        model.__sentry_repr__(),
    ):
        assert "hunter2" not in shown
    assert "***" in print_pretty(model)
    assert "hunter2" in str(model.to_dict())


def test_what_is_missing_is_not_shown() -> None:
    run = models.Run.from_dict({**load_examples("Run")[0], "timing": 5})
    assert "timing" not in dir(run)
    assert "timing" not in dict(run.__rich_repr__())
    inspect.getmembers(run)


def test_mocks_have_the_fields_of_a_model_and_no_others() -> None:
    run = models.Run.from_dict(load_examples("Run")[0])
    mocks: list[Any] = [Mock(spec=models.Run), Mock(spec=run), create_autospec(models.Run), create_autospec(run)]
    for mock in mocks:
        assert mock.execution is not None
        for name in ("status", "state"):
            assert not hasattr(mock, name)
    assert {"id", "execution", "to_dict"} <= {*dir(models.Run)}
    assert "status" not in dir(models.Run)
