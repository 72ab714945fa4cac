"""Models and pages as types of pydantic and FastAPI."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import fastapi
import fastapi.testclient
import pydantic
import pytest

from eigenpal import types
from eigenpal_generated import models
from eigenpal_generated.base_models import BaseModel
from tests.generated.schemas import MODELS, Json, for_each_example, load_examples

RAW = load_examples("Run")[0]
RUN = types.Run.from_dict(RAW)
PAGE = types.RunsListResponse.from_dict(load_examples("RunsListResponse")[0])
WRONG = {**RAW, "timing": None, "new": [1]}


class State(pydantic.BaseModel):
    run: types.Run
    runs: list[types.Run] = []
    last: types.Run | None = None
    by_name: dict[str, types.Run] = {}
    page: types.RunsListResponse | None = None
    execution: types.RunExecution | types.RunExecutionMeta | None = None
    report: types.RunComparisonReport | None = None
    anything: Any = None


@for_each_example
def test_every_model_is_taken_and_dumped_as_it_was_sent(name: str, raw: Json) -> None:
    adapter: pydantic.TypeAdapter[BaseModel] = pydantic.TypeAdapter(MODELS[name])
    model = MODELS[name].from_dict(raw)
    assert adapter.validate_python(model) is model
    assert adapter.validate_python(raw) == adapter.validate_json(json.dumps(raw)) == model
    assert type(adapter.validate_python(raw, strict=True)) is type(model)
    for dumped in (adapter.dump_python(model), adapter.dump_python(model, mode="json")):
        assert json.dumps(dumped) == json.dumps(raw)  # the order, too
    assert json.loads(adapter.dump_json(model)) == raw
    for mode in ("validation", "serialization"):
        schema = adapter.json_schema(mode=mode)
        assert (schema["type"], schema["title"]) == ("object", name)
        assert "$ref" not in json.dumps(schema)
        assert schema.get("properties", {}).keys() >= {*model._wire_names.values()}


def test_fields_of_any_shape() -> None:
    state = State(
        run=RUN, runs=[RUN], last=RUN, by_name={"a": RUN}, page=PAGE, execution=RUN.execution, anything=[RUN, PAGE]
    )
    raw, page = RUN.to_dict(), PAGE.to_dict()
    expected = {
        "run": raw,
        "runs": [raw],
        "last": raw,
        "by_name": {"a": raw},
        "page": page,
        "execution": RUN.execution.to_dict(),
        "report": None,
        "anything": [raw, page],
    }
    assert state.model_dump() == state.model_dump(mode="json") == json.loads(state.model_dump_json()) == expected
    assert State.model_validate(expected).model_copy(update={"anything": state.anything}) == state
    assert state.model_copy(deep=True) == state


def test_what_is_missing_is_dumped_as_it_was_sent() -> None:
    state = State(run=WRONG)
    assert state.model_dump()["run"] == json.loads(state.model_dump_json())["run"] == WRONG
    assert not hasattr(state.run, "timing")
    assert state.run.output == RUN.output


@pytest.mark.parametrize("name", ["WorkflowRunExecution", "AgentRunExecution", "RunExecutionMeta"])
def test_the_variant_of_a_union_is_found(name: str) -> None:
    raw = load_examples(name)[0]
    taken = State(run=RUN, execution=raw).execution
    assert type(taken) is getattr(models, name)
    assert State(run=RUN, execution=taken).execution is taken


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "should be Run or its JSON object, but is int"),
        (None, "should be Run or its JSON object, but is NoneType"),
        ([], "should be Run or its JSON object, but is list"),
        (RUN.timing, "should be Run or its JSON object, but is RunTiming"),
        ({}, "id should be a string, but is null or missing"),
        ({"message": "no"}, "Run should be an object with 'id', "),
        ({**RAW, "id": 5}, "id should be a string, but is the number 5"),
    ],
)
def test_a_wrong_outline_is_a_validation_error(value: object, message: str) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        State.model_validate({"run": RAW, "runs": [RAW, value]})
    (error,) = caught.value.errors()
    assert error["loc"] == ("runs", 1)
    assert error["msg"].startswith(f"Value error, {message}")


def test_adapters_dataclasses_and_base_classes() -> None:
    assert pydantic.TypeAdapter(list[types.Run]).validate_python([RUN, RAW]) == [RUN, RUN]

    @dataclasses.dataclass
    class Holder:
        run: types.Run

    assert json.loads(pydantic.TypeAdapter(Holder).dump_json(Holder(RUN))) == {"run": RAW}
    for base, value in ((types.Page[Any], PAGE), (types.Model, RUN)):
        adapter: Any = pydantic.TypeAdapter(base)
        assert adapter.validate_python(value) is value
        assert adapter.json_schema()["type"] == "object"


def test_a_schema_has_the_names_that_are_sent() -> None:
    schema = State.model_json_schema()
    run = schema["$defs"]["Run"]
    assert schema["properties"]["run"] == {"$ref": "#/$defs/Run"}
    assert run["properties"]["timing"]["properties"]["createdAt"] == {
        "type": "string",
        "format": "date-time",
        "description": "When the run was created, in UTC.",
    }
    assert run["properties"]["type"]["enum"] == ["workflow", "agent"]
    assert "x-eigenpal" not in json.dumps(schema)


# --- FastAPI ----------------------------------------------------------------------------------------------------------

app = fastapi.FastAPI()
ACCEPTED = load_examples("RunAccepted")[0]


@app.get("/run")
def get_run() -> types.Run:
    return types.Run.from_dict(WRONG)


@app.get("/runs", response_model=list[types.Run])
async def list_runs() -> Any:
    return [RUN]


@app.get("/page")
def get_page() -> types.RunsListResponse:
    return PAGE


@app.get("/execution")
def get_execution() -> types.RunExecution | types.RunExecutionMeta:
    return RUN.execution


@app.get("/start")
def start_run(wait: bool = False) -> types.Run | types.RunAccepted:
    return RUN if wait else types.RunAccepted.from_dict(ACCEPTED)


@app.get("/state")
def get_state() -> State:
    return State(run=RUN)


@app.get("/any")
def get_any() -> dict[str, Any]:
    return {"run": RUN}


@app.get("/untyped")
def get_untyped():
    return {"run": RUN, "page": PAGE}


@app.post("/run")
def post_run(run: types.Run) -> types.Run:
    return run


@pytest.mark.parametrize(
    ("path", "read", "expected"),
    [
        ("/run", lambda body: body, WRONG),
        ("/runs", lambda body: body, [RAW]),
        ("/page", lambda body: body, PAGE.to_dict()),
        ("/execution", lambda body: body, RUN.execution.to_dict()),
        ("/start", lambda body: body, ACCEPTED),
        ("/start?wait=true", lambda body: body, RAW),
        ("/state", lambda body: body["run"], RAW),
        ("/any", lambda body: body, {"run": RAW}),
        ("/untyped", lambda body: body, {"run": RAW, "page": PAGE.to_dict()}),
    ],
)
def test_routes_return_what_the_server_sent(path: str, read: Callable[[Any], Any], expected: Any) -> None:
    with fastapi.testclient.TestClient(app) as client:
        response = client.get(path)
    assert response.status_code == 200, response.text
    assert read(response.json()) == expected


def test_routes_take_a_run() -> None:
    with fastapi.testclient.TestClient(app) as client:
        assert client.post("/run", json=RAW).json() == RAW
        refused = client.post("/run", json={"message": "no"})
    assert refused.status_code == 422
    assert refused.json()["detail"][0]["loc"] == ["body"]


def test_the_document_of_an_application_describes_the_models() -> None:
    with fastapi.testclient.TestClient(app) as client:
        document = client.get("/openapi.json").json()
    answer = document["paths"]["/run"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"] == {"$ref": "#/components/schemas/Run"}
    assert "createdAt" in document["components"]["schemas"]["Run"]["properties"]["timing"]["properties"]


# --- without pydantic -------------------------------------------------------------------------------------------------


def test_models_do_not_load_pydantic() -> None:
    code = (
        "import sys; from eigenpal import types; types.Run; import eigenpal_generated.models as m; m.decode_run; "
        "print([name for name in ('pydantic', 'pydantic_core', 'rich', 'IPython', 'difflib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
