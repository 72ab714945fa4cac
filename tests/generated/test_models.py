"""Models: the data they hold, mapping access, equality, and masked secrets."""

from __future__ import annotations

import copy
import importlib.util
import inspect
import json
import pickle
import subprocess
import sys
import weakref
from collections import OrderedDict, UserDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, cast

import attrs
import pytest

from eigenpal_generated import models
from eigenpal_generated.base_models import BaseModel, read
from eigenpal_generated.decoding import DecodeError, ResponseContext
from eigenpal_generated.encoding import UNSET
from tests.generated.schemas import MODELS, SCHEMAS, Json, for_each_example, load_examples


def decode_model(name: str, raw: Json) -> BaseModel:
    return MODELS[name].from_dict(raw)


def make_run(**changes: Any) -> models.Run:
    return models.Run.from_dict({**load_examples("Run")[0], **changes})


# --- data -------------------------------------------------------------------------------------------------------------


@for_each_example
def test_to_dict_returns_exactly_the_received_data(name: str, raw: Json) -> None:
    raw = {**raw, "unknown": {"deep": [1, None]}, "": "", "to_dict": 5}
    model = decode_model(name, copy.deepcopy(raw))
    assert model.to_dict() == raw
    assert json.dumps(model.to_dict()) == json.dumps(raw)  # the order, too
    assert dict(cast("Any", model)) == raw


@for_each_example
def test_every_model_copies_pickles_and_compares(name: str, raw: Json) -> None:
    model = decode_model(name, raw)
    for twin in (
        copy.copy(model),
        copy.deepcopy(model),
        pickle.loads(pickle.dumps(model)),
        decode_model(name, {**raw}),
    ):
        assert twin == model
        assert type(twin) is type(model)
        assert twin.to_dict() == raw
        assert repr(twin) == repr(model)
    assert decode_model(name, {**raw, "unknown": 1}) != model
    assert model != raw
    assert model != object()
    with pytest.raises(TypeError, match="unhashable"):
        hash(model)


@for_each_example
def test_every_field_is_a_frozen_attribute_of_the_constructor(name: str, raw: Json) -> None:
    model = decode_model(name, raw)
    attributes = attrs.fields(cast("type[attrs.AttrsInstance]", type(model)))
    assert all(attribute.kw_only for attribute in attributes)
    fields: list[str] = [attribute.name for attribute in attributes]
    built = type(model)(**{field: getattr(model, field) for field in fields})
    for field in fields:
        assert getattr(built, field) is getattr(model, field)
        with pytest.raises(AttributeError, match=f"{name} is read-only; to_dict"):
            setattr(model, field, None)
        with pytest.raises(AttributeError, match=f"{name} is read-only; to_dict"):
            delattr(model, field)
    with pytest.raises(AttributeError):
        setattr(model, "misspelt", 1)  # noqa: B010 - a checker would see it
    assert not hasattr(model, "__dict__")


def test_changing_the_result_of_to_dict_does_not_change_the_model() -> None:
    model = make_run()
    model.to_dict()["execution"]["status"] = "changed"
    assert model.execution.status == model["execution"]["status"] == "completed"


def test_a_decoded_model_is_an_instance_of_its_exact_class() -> None:
    model = make_run()
    for found in (model, model.timing, model.source, model.execution, (model.files or [])[0]):
        assert type(found) is getattr(models, type(found).__name__)
        assert weakref.ref(found)() is found


# --- as a mapping -----------------------------------------------------------------------------------------------------


def test_a_model_is_a_mapping_with_wire_names() -> None:
    model = make_run(newField=1)
    assert model["timing"]["createdAt"] == load_examples("Run")[0]["timing"]["createdAt"]
    assert (model["finished"], model["newField"]) == (True, 1)
    assert ("output" in model, "created_at" in model.timing, "createdAt" in model.timing) == (True, False, True)
    assert model.get("nothing") is None
    assert model.get("nothing", 5) == 5
    assert list(model) == list(model.keys()) == [*load_examples("Run")[0], "newField"]
    assert len(model) == len(list(model.items())) == len(list(model.values()))
    with pytest.raises(KeyError, match=r"'created_at' is not in this RunTiming, which has 'createdAt', 'startedAt'"):
        model.timing["created_at"]
    with pytest.raises(TypeError):
        model["id"] = "x"  # type: ignore[index]
    assert {**model} == model.to_dict()
    match model:
        case {"id": str(found), "execution": {"status": "completed"}}:
            assert found == model.id
        case _:
            raise AssertionError


def test_a_model_without_fields_is_still_true() -> None:
    assert models.RunOverrides.from_dict({})
    assert len(models.RunOverrides.from_dict({})) == 0


def test_a_model_decodes_from_any_mapping() -> None:
    assert models.Run.from_dict(make_run()) == make_run()
    raw = load_examples("Run")[0]
    kinds: list[Callable[[Json], Mapping[str, Any]]] = [MappingProxyType, OrderedDict, UserDict]
    for kind in kinds:
        found = models.Run.from_dict(kind({**raw, "timing": kind(raw["timing"])}))
        assert found.timing.created_at == make_run().timing.created_at
        assert (type(found.to_dict()), type(found.timing.to_dict())) == (dict, dict)
    assert models.Run.from_dict(make_run(newField=1)).to_dict()["newField"] == 1


# --- absent, null, unknown --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [{}, {"output": None, "files": None, "error": None, "usage": None, "eval": None}])
def test_absent_and_null_read_as_none(raw: Json) -> None:
    required = {name: load_examples("Run")[0][name] for name in SCHEMAS["Run"]["required"]}
    model = models.Run.from_dict({**required, **raw})
    assert [model.output, model.files, model.error, model.usage, model.eval, model.input] == [None] * 6
    assert model.to_dict() == {**required, **raw}


def test_unknown_values_of_enums_are_passed_through() -> None:
    model = make_run(type="robot", execution={**load_examples("Run")[0]["execution"], "status": "paused"})
    assert (model.type, model.execution.status) == ("robot", "paused")


def test_request_models_distinguish_null_from_absent() -> None:
    request = models.RunFeedbackRequest
    assert request().body is UNSET
    assert request().to_dict() == {}
    assert request(body=None).to_dict() == {"body": None}
    assert request(body="a", rating=None).to_dict() == {"body": "a", "rating": None}
    assert request.from_dict({"status": None}).status is None
    assert request.from_dict({"status": None}).body is UNSET
    assert pickle.loads(pickle.dumps(request(body=None))) == request(body=None)
    assert pickle.loads(pickle.dumps(request())).body is UNSET
    assert repr(request(body="a")) == "RunFeedbackRequest(body='a')"
    assert not UNSET
    assert repr(UNSET) == "..."
    assert copy.deepcopy(UNSET) is UNSET


# --- constructed ------------------------------------------------------------------------------------------------------


def test_a_constructed_model_holds_what_will_be_sent() -> None:
    entry = models.PlaintextSecretEntry.from_dict(load_examples("PlaintextSecretEntry")[0])
    body = models.SourceSecretsEncryptBody(secrets=[entry], plaintext=None)
    assert body.to_dict() == {"secrets": [entry.to_dict()]}
    assert body == models.SourceSecretsEncryptBody(secrets=[entry])
    assert body == models.SourceSecretsEncryptBody.from_dict({"secrets": [entry.to_dict()]})
    assert body["secrets"] == [entry.to_dict()]
    assert pickle.loads(pickle.dumps(body)) == copy.deepcopy(body) == copy.copy(body) == body
    assert "secrets" in body
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        models.SourceSecretsEncryptBody(secret="x")  # type: ignore[call-arg]


def test_a_constructed_response_formats_its_datetimes() -> None:
    when = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    timing = models.RunTiming(
        created_at=when, started_at=None, completed_at=None, duration_ms=None, cancel_requested_at=None
    )
    assert timing.to_dict() == {
        "createdAt": "2026-01-01T02:00:00+02:00",
        "startedAt": None,
        "completedAt": None,
        "durationMs": None,
        "cancelRequestedAt": None,
    }
    assert models.RunTiming.from_dict(timing.to_dict()) == timing


def test_a_constructed_model_with_a_value_that_cannot_be_sent() -> None:
    body = models.RunStartBody(target="workflows.x", input={"a": {1, 2}})
    with pytest.raises(TypeError, match=r"RunStartBody\.input\['a'\] is of type set, which cannot be sent as JSON"):
        body.to_dict()
    assert copy.copy(body).target == "workflows.x"


def test_a_copy_with_changes_goes_through_the_constructor() -> None:
    changed = attrs.evolve(make_run(), error="changed")
    assert (changed.error, changed["error"], changed.id) == ("changed", "changed", make_run().id)


# --- as a class of attrs ----------------------------------------------------------------------------------------------

TRIGGER: Json = {"type": "api", "by": None, "email": None}

FIRST_USES: dict[str, Callable[[Any], list[str]]] = {
    "signature": lambda model: [*inspect.signature(model).parameters],
    "constructor": lambda model: [*model(**TRIGGER)._wire_names],
    "fields": lambda model: [field.name for field in attrs.fields(model)],
    "has": lambda model: [*TRIGGER] if attrs.has(model) else [],
    "asdict": lambda model: [*attrs.asdict(model.from_dict(TRIGGER))],
    "evolve": lambda model: [*attrs.evolve(model.from_dict(TRIGGER), type="email")._wire_names],
    "subclass": lambda model: [*inspect.signature(type("Own", (model,), {})).parameters],
    "attrs subclass": lambda model: [*attrs.frozen(type("Own", (model,), {}))(**TRIGGER)._wire_names],
}
if sys.version_info >= (3, 13):
    FIRST_USES["replace"] = lambda model: [*copy.replace(model.from_dict(TRIGGER), type="email")._wire_names]


@pytest.mark.parametrize("use", FIRST_USES)
def test_attrs_completes_a_model_on_its_first_use(use: str) -> None:
    # A copy of the module, because other tests have used the models.
    spec = importlib.util.find_spec("eigenpal_generated.models.run_trigger")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    members = cast("Mapping[str, object]", vars(module.RunTrigger))
    assert not inspect.isfunction(members["__init__"])
    assert FIRST_USES[use](module.RunTrigger) == ["type", "by", "email"]
    assert inspect.isfunction(members["__init__"])
    with pytest.raises(TypeError, match=r"RunTrigger\.__init__\(\) missing 1 required keyword-only argument: 'by'"):
        module.RunTrigger(type="api")


def test_decoding_does_without_attrs() -> None:
    # Importing it takes a tenth of the time from the start of a process to its first response.
    program = "import sys; from eigenpal_generated.models import RunTrigger; "
    program += "print(RunTrigger.from_dict({'type': 'api', 'by': None}), RunTrigger.from_dict({'by': 1}), "
    program += "{'attr', 'attrs'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "RunTrigger(type='api') RunTrigger() set()\n"


# --- repr -------------------------------------------------------------------------------------------------------------


@for_each_example
def test_repr_is_one_short_line(name: str, raw: Json) -> None:
    shown = repr(decode_model(name, raw))
    assert shown.startswith(f"{name}(")
    assert "\n" not in shown
    assert len(shown) < 1000


def test_repr_shortens_what_is_long() -> None:
    output = {"a": 1.5, "b": [1, 2], "c": [1], "d": [], "e": {"f": 1}, "g": {}, "h": 1}
    shown = repr(make_run(error="x" * 500, output=output, id="it's"))
    assert f"error='{'x' * 57}...'" in shown
    assert "output={'a': 1.5, 'b': [2 items], 'c': [1 item], 'd': [], 'e': {...}, 'g': {}, ...}" in shown
    assert 'id="it\'s"' in shown
    assert "timing=RunTiming(created_at=2026-" in shown


def test_repr_hides_secrets() -> None:
    secret = models.PlaintextSecretEntry.from_dict({**load_examples("PlaintextSecretEntry")[0], "plaintext": "hunter2"})
    assert "plaintext=***" in repr(secret)
    body = models.SourceSecretsEncryptBody(plaintext="hunter2", secrets=[secret])
    response = models.SourceSecretsDecryptResponse.from_dict(
        {**load_examples("SourceSecretsDecryptResponse")[0], "plaintext": "hunter2", "decrypted": {"a": "hunter2"}}
    )
    for model in (secret, body, response):
        assert "hunter2" not in repr(model)
        assert "hunter2" in str(model.to_dict())


# --- timestamps -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-20T09:00:00Z", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20t09:00:00z", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20T09:00:00.123z", datetime(2026, 3, 20, 9, 0, 0, 123000, tzinfo=timezone.utc)),
        ("2026-03-20T09:00:00.5Z", datetime(2026, 3, 20, 9, 0, 0, 500000, tzinfo=timezone.utc)),
        ("2026-03-20T09:00:00.123Z", datetime(2026, 3, 20, 9, 0, 0, 123000, tzinfo=timezone.utc)),
        ("2026-03-20T09:00:00.123456Z", datetime(2026, 3, 20, 9, 0, 0, 123456, tzinfo=timezone.utc)),
        # More digits than a datetime holds are cut off.
        *(
            (
                f"2026-03-20T09:00:00.{'123456789'[:digits]}Z",
                datetime(2026, 3, 20, 9, 0, 0, int("123456"[:digits].ljust(6, "0")), timezone.utc),
            )
            for digits in range(1, 10)
        ),
        ("2026-03-20T09:00:00,123Z", datetime(2026, 3, 20, 9, 0, 0, 123000, tzinfo=timezone.utc)),
        ("2026-03-20T11:00:00+02:00", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20T11:00:00.000+0200", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20T11:00:00+02", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20T04:30:00-04:30", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20 09:00:00Z", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20T09:00Z", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("20260320T090000Z", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-19T24:00:00Z", datetime(2026, 3, 20, tzinfo=timezone.utc)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=timezone.utc)),
        ("0001-01-01T00:00:00+14:00", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        ("9999-12-31T23:59:59.999Z", datetime(9999, 12, 31, 23, 59, 59, 999000, timezone.utc)),
        ("9999-12-31T23:59:59-12:00", datetime(9999, 12, 31, 23, 59, 59, 0, timezone(-timedelta(hours=12)))),
        # Without a time zone it is UTC, as all timestamps of the API are.
        ("2026-03-20T09:00:00", datetime(2026, 3, 20, 9, tzinfo=timezone.utc)),
        ("2026-03-20T09:00:00.123", datetime(2026, 3, 20, 9, 0, 0, 123000, tzinfo=timezone.utc)),
        ("2026-03-20", datetime(2026, 3, 20, tzinfo=timezone.utc)),
    ],
)
def test_timestamps_of_any_format_are_aware(text: str, expected: datetime) -> None:
    timing = models.RunTiming.from_dict({**load_examples("Run")[0]["timing"], "createdAt": text})
    assert timing.created_at == expected
    assert timing.created_at.tzinfo is not None
    assert timing.to_dict()["createdAt"] == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-03-20T25:00:00Z",
        "2026-03-20T09:00:00+24:00",
        " 2026-03-20T09:00:00Z",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "9999-12-31T24:00:00Z",
        # No datetime can hold a leap second.
        "2026-06-30T23:59:60Z",
        "٢٠٢٦-03-20",
        "2026\x00",
        5,
        None,
        ["2026-03-20T09:00:00Z"],
        {},
        datetime(2026, 3, 20, tzinfo=timezone.utc),
    ],
)
def test_values_that_are_not_timestamps_are_rejected(text: object) -> None:
    timing = make_run(timing={**load_examples("Run")[0]["timing"], "createdAt": text}).timing
    with pytest.raises(AttributeError, match=r"timing\.createdAt should be a timestamp, but is "):
        timing.created_at  # noqa: B018
    assert timing["createdAt"] is text


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": 5}, "id should be a string, but is the number 5"),
        ({"finished": "yes"}, "finished should be a boolean, but is the text 'yes'"),
        ({"timing": None}, "timing should be an object, but is null or missing"),
        ({"timing": []}, "timing should be an object, but is a list"),
        ({"files": {}}, "files should be a list, but is an empty object"),
        (
            {"files": [{"name": "a", "path": "b"}, {"name": None}]},
            "files[1].name should be a string",
        ),
        ({"source": {"id": True}}, "source.id should be a string, but is true"),
        ({"execution": {"steps": 5}}, "execution"),
        ({"output": "x" * 90}, f"output should be an object, but is the text {'x' * 40!r}..."),
    ],
)
def test_an_error_names_the_field_and_its_value(changes: Json, message: str) -> None:
    error = find_problem(models.decode_run, {**load_examples("Run")[0], **changes})
    assert str(error).startswith(message)
    twin = pickle.loads(pickle.dumps(error))
    assert (str(twin), twin.field) == (str(error), error.field)


def find_problem(decode: Callable[[Any], Any], raw: Json) -> DecodeError:
    """Return the first thing that cannot be decoded."""
    context = ResponseContext()
    try:
        read(decode, raw, context)
    except DecodeError as error:
        return error
    return context.problems[0]


def test_an_error_names_the_path_through_maps_and_lists() -> None:
    raw = {"target": "workflows.x", "files": {"a": [{"filename": "x", "file_id": 1}]}}
    assert find_problem(models.decode_run_start_body, raw).field.startswith("files.a[0]")


def test_the_package_has_only_existing_models() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Rn'"):
        models.Rn  # type: ignore[attr-defined]  # noqa: B018
    assert "Run" in dir(models)
    assert set(models.__all__) == set(dir(models))
