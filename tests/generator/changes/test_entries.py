"""What the report says about edits of the document: every entry, and nothing else."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from .conftest import CompareThings, Edit, Node

MOVE = "/things/{id}/move/{folder}"
PHOTO = "/things/{id}/photo"
TEXT = {"type": "string"}


def get_operation(spec: Node, path: str, method: str) -> Any:
    return spec["paths"][path][method]


def get_schema(spec: Node, name: str) -> Any:
    return spec["components"]["schemas"][name]


def get_parameter(spec: Node, name: str) -> Any:
    return next(one for one in spec["paths"]["/things"]["get"]["parameters"] if one["name"] == name)


def rename_schema(spec: Node, old: str, new: str) -> None:
    renamed = json.loads(json.dumps(spec).replace(f'/{old}"', f'/{new}"').replace(f'"{old}"', f'"{new}"'))
    spec.clear()
    spec.update(renamed)


EDITS: dict[str, tuple[list[Edit], list[str]]] = {
    "what was removed": (
        [
            lambda s: s["paths"].pop(PHOTO),
            lambda s: get_operation(s, "/things", "get")["parameters"].pop(0),
            lambda s: get_schema(s, "Thing")["properties"].pop("size"),
            lambda s: get_schema(s, "Kind").update(enum=["big"]),
            lambda s: get_schema(s, "NewThing")["properties"].pop("count"),
            lambda s: get_operation(s, "/things", "get").pop("x-eigenpal-pagination"),
            lambda s: s["paths"].pop("/hidden"),
            lambda s: s["paths"]["/things/{id}"].pop("get"),
        ],
        [
            "behavior: hidden: was removed (an operation without a method)",
            "breaking: client.things.create(count=): was removed",
            "breaking: client.things.get(): was removed",
            "breaking: client.things.iter(): was removed",
            "breaking: client.things.list(search=): was removed",
            "breaking: client.things.photos.download(): was removed",
            "breaking: client.things.photos.upload(): was removed",
            "breaking: types.Kind: no longer includes `'small'`",
            "breaking: types.NewThing(count=): was removed",
            "breaking: types.Thing.size: was removed",
            "breaking: types.Things: iterates its keys, formerly its rows",
        ],
    ),
    "what was renamed": (
        [
            lambda s: get_operation(s, "/things/{id}", "get").update(operationId="things.fetch"),
            lambda s: get_parameter(s, "search").update({"x-eigenpal-name": "query"}),
            lambda s: get_schema(s, "Thing")["properties"]["size"].update({"x-eigenpal-name": "extent"}),
            lambda s: rename_schema(s, "Owner", "Person"),
            lambda s: get_schema(s, "Person")["properties"].update(phone=TEXT),
            lambda s: get_operation(s, PHOTO, "get").update(operationId="photos.download"),
        ],
        [
            "breaking: client.things.get(): is now called `client.things.fetch()`",
            "breaking: client.things.iter(search=): is now called `query`",
            "breaking: client.things.list(search=): is now called `query`",
            "breaking: client.things.photos.download(): is now called `client.photos.download()`",
            "breaking: types.Owner: is now called `types.Person`",
            "breaking: types.Thing.size: is now called `extent`",
            "new: types.Person.phone: is new: `str | None`",
        ],
    ),
    "paginated call renamed": (
        [
            lambda s: get_operation(s, "/things", "get").update(operationId="things.search"),
            lambda s: (
                get_operation(s, "/things/{id}", "get"),
                s["paths"].update(
                    {
                        "/things/{thing}": {
                            **s["paths"].pop("/things/{id}"),
                            "parameters": [{"name": "thing", "in": "path", "required": True, "schema": TEXT}],
                        }
                    }
                ),
            ),
        ],
        [
            "breaking: client.things.delete(id=): is now called `thing`",
            "breaking: client.things.get(id=): is now called `thing`",
            "breaking: client.things.iter(): is now called `client.things.iter_search()`",
            "breaking: client.things.list(): is now called `client.things.search()`",
            "breaking: types.ThingsListOrder: is now called `types.ThingsSearchOrder`",
        ],
    ),
    "what is required": (
        [
            lambda s: get_operation(s, "/things", "get")["parameters"].append(
                {"name": "q", "in": "query", "required": True, "schema": TEXT}
            ),
            lambda s: get_parameter(s, "order")["schema"].update(enum=["up"]),
            lambda s: get_parameter(s, "search").update(required=True),
            lambda s: (
                get_schema(s, "NewThing")["properties"].update(color=TEXT),
                get_schema(s, "NewThing")["required"].append("color"),
            ),
            lambda s: get_schema(s, "NewThing")["required"].append("count"),
            lambda s: get_schema(s, "Thing")["required"].remove("kind"),
            lambda s: s["paths"].update({"/move/{folder}/{id}": s["paths"].pop(MOVE)}),
            lambda s: get_parameter(s, "since").pop("x-eigenpal-timestamp"),
        ],
        [
            "behavior: client.things.move(): is sent as `POST /move/{folder}/{id}`, formerly `POST "
            "/things/{id}/move/{folder}`",
            "breaking: client.things.create(color=): is new and required: `str`",
            "breaking: client.things.create(count=): is now required",
            "breaking: client.things.iter(order=): no longer takes `'down'`",
            "breaking: client.things.iter(q=): is new and required: `str`",
            "breaking: client.things.iter(search=): is now required",
            "breaking: client.things.iter(since=): takes `str | None`, formerly `str | datetime | date | None`",
            "breaking: client.things.list(order=): no longer takes `'down'`",
            "breaking: client.things.list(q=): is new and required: `str`",
            "breaking: client.things.list(search=): is now required",
            "breaking: client.things.list(since=): takes `str | None`, formerly `str | datetime | date | None`",
            "breaking: client.things.move(): takes its positional arguments in the order `folder, id`, "
            "formerly `id, folder`",
            "breaking: types.NewThing(color=): is new and required: `str`",
            "breaking: types.NewThing(count=): is now required",
            "breaking: types.Thing.kind: is `Kind | None`, formerly `Kind`",
            "breaking: types.ThingsListOrder: was removed",
        ],
    ),
    "other types": (
        [
            lambda s: get_schema(s, "NewThing")["properties"].update(name={"type": "integer"}),
            lambda s: get_operation(s, "/things/{id}", "get")["responses"].update({"200": {"description": "x"}}),
            lambda s: get_operation(s, PHOTO, "get")["responses"]["200"].update(
                content={"application/json": {"schema": TEXT}}
            ),
            lambda s: get_schema(s, "Thing")["properties"].update(size=TEXT),
            lambda s: get_schema(s, "Thing")["properties"].update(
                owner={"type": "array", "items": {"$ref": "#/components/schemas/Owner"}}
            ),
            lambda s: get_schema(s, "Owner")["properties"].update(email={"type": "string", "format": "date-time"}),
        ],
        [
            "breaking: client.things.create(name=): takes `int`, formerly `str`",
            "breaking: client.things.get(): returns `bytes | int | None`, formerly `Thing`",
            "breaking: client.things.photos.download(): returns `str`, formerly `bytes | int`",
            "breaking: client.things.photos.download(progress=): was removed",
            "breaking: client.things.photos.download(to=): was removed",
            "breaking: types.NewThing(name=): is `int`, formerly `str`",
            "breaking: types.Owner.email: is `datetime | None`, formerly `str | None`",
            "breaking: types.Thing.owner: is `list[Owner]`, formerly `Owner`",
            "breaking: types.Thing.size: is `str | None`, formerly `float | None`",
            "new: client.things.get(progress=): is new: `Progress | None`",
            "new: client.things.get(to=): is new: `DownloadTarget | None`",
            "texts: client.things.get(): the description of what it returns changed",
        ],
    ),
    "other bodies and answers": (
        [
            lambda s: get_operation(s, "/things", "post").pop("requestBody"),
            lambda s: s["components"]["responses"]["Thing"]["content"]["application/json"].update(
                schema={"$ref": "#/components/schemas/Owner"}
            ),
            lambda s: s.pop("servers"),
        ],
        [
            "behavior: EigenpalClient(base_url=): has no default any more, formerly `https://api.test`",
            "breaking: client.things.create(): returns `Owner`, formerly `Thing`",
            "breaking: client.things.create(body=): was removed",
            "breaking: client.things.create(count=): was removed",
            "breaking: client.things.create(kind=): was removed",
            "breaking: client.things.create(name=): was removed",
            "breaking: client.things.get(): returns `Owner`, formerly `Thing`",
            "breaking: client.things.move(): returns `Owner`, formerly `Thing`",
        ],
    ),
    "form": (
        [
            lambda s: get_operation(s, "/things", "post")["requestBody"].update(
                content={
                    "application/x-www-form-urlencoded": get_operation(s, "/things", "post")["requestBody"]["content"][
                        "application/json"
                    ]
                }
            ),
            lambda s: s["components"]["schemas"].update(Kind={"type": "string"}),
        ],
        [
            "behavior: client.things.create(): sends its body as `application/x-www-form-urlencoded`, "
            "formerly `application/json`",
            "breaking: client.things.create(body=): was removed",
            "breaking: types.Kind: was removed",
            "breaking: types.NewThing: was removed",
            "breaking: types.Thing.kind: is `str`, formerly `Kind`",
            "new: client.things.create(kind=): takes `str | None`, formerly `Kind | None`",
            "new: client.things.iter(kind=): takes `str | None`, formerly `Kind | None`",
            "new: client.things.list(kind=): takes `str | None`, formerly `Kind | None`",
        ],
    ),
    "how requests are sent": (
        [
            lambda s: s["servers"][0].update(url="https://else.test"),
            lambda s: get_operation(s, "/things/{id}", "get").update(security=[{"other": []}]),
            lambda s: get_operation(s, MOVE, "post").update({"x-eigenpal-idempotent": True}),
            lambda s: get_operation(s, MOVE, "post")["parameters"][2].update({"in": "query", "name": "x_reason"}),
            lambda s: get_parameter(s, "limit")["schema"].update(maximum=50),
            lambda s: get_operation(s, "/things", "post")["requestBody"].update(required=False),
            lambda s: get_operation(s, PHOTO, "put")["requestBody"]["content"]["multipart/form-data"].update(
                encoding={"meta": {"contentType": "text/plain"}}
            ),
            lambda s: get_schema(s, "Owner")["properties"]["email"].update(format="password"),
            lambda s: get_schema(s, "Thing")["properties"]["shape"].update(
                {
                    "x-eigenpal-variants": [
                        {"schema": "Circle", "holds": ["radius"]},
                        {"schema": "Square", "equals": {"side": [1]}},
                    ]
                }
            ),
            lambda s: s["paths"].update({"/hid": s["paths"].pop("/hidden")}),
        ],
        [
            "behavior: EigenpalClient(base_url=): requests, and the API key with them, go to "
            "`https://else.test` by default, formerly to `https://api.test`",
            "behavior: client.things.create(): can now be called without a body",
            "behavior: client.things.create(): no longer quotes the response in errors",
            "behavior: client.things.get(): no longer quotes the response in errors",
            "behavior: client.things.get(): sends the API key in the header `X-Key`, formerly the API key as "
            "a bearer token",
            "behavior: client.things.list(): no longer quotes the response in errors",
            "behavior: client.things.list(limit=): must be at least 1 and at most 50, formerly at least 1 and "
            "at most 100",
            "behavior: client.things.move(): is now retried after a failure with an unknown outcome",
            "behavior: client.things.move(): no longer quotes the response in errors",
            "behavior: client.things.move(x_reason=): is sent as the query parameter `x_reason`, formerly the "
            "header `X-Reason`",
            "behavior: client.things.photos.upload(meta=): is written with the contentType `text/plain`, "
            "formerly in the usual way",
            "behavior: hidden: is sent as `POST /hid`, formerly `POST /hidden`",
            "behavior: types.Owner.email: is now hidden in the representation of the model",
            "behavior: types.Thing: is built or decoded in another way",
        ],
    ),
    "where requests are sent": (
        [
            lambda s: s["paths"]["/things/{id}"].update(post=s["paths"]["/things/{id}"].pop("get")),
            lambda s: get_operation(s, "/things", "post")["requestBody"].update(
                content={
                    "application/merge-patch+json": get_operation(s, "/things", "post")["requestBody"]["content"][
                        "application/json"
                    ]
                }
            ),
            lambda s: get_operation(s, MOVE, "post")["parameters"][2].update(
                {"name": "X-Why", "x-eigenpal-name": "x_reason"}
            ),
            lambda s: get_operation(s, "/things", "post").update({"x-eigenpal-starts-run": True}),
            lambda s: (
                get_schema(s, "Things")["properties"].update(count={"type": "integer"}),
                get_operation(s, "/things", "get")["x-eigenpal-pagination"].update(total="count"),
            ),
            lambda s: s["paths"].update({"/objects": s["paths"].pop("/things")}),
            lambda s: s.update(security=[{"other": []}]),
        ],
        [
            "behavior: client.things.create(): is now handled as the start of a run",
            "behavior: client.things.create(): is sent as `POST /objects`, formerly `POST /things`",
            "behavior: client.things.create(): sends its body as `application/merge-patch+json`, formerly "
            "`application/json`",
            "behavior: client.things.create(): sends the API key in the header `X-Key`, formerly the API key "
            "as a bearer token",
            "behavior: client.things.delete(): sends the API key in the header `X-Key`, formerly the API key "
            "as a bearer token",
            "behavior: client.things.get(): is no longer retried after a failure with an unknown outcome",
            "behavior: client.things.get(): is sent as `POST /things/{id}`, formerly `GET /things/{id}`",
            "behavior: client.things.get(): sends the API key in the header `X-Key`, formerly the API key as "
            "a bearer token",
            "behavior: client.things.list(): is paginated by total `count`, formerly total `total`",
            "behavior: client.things.list(): is sent as `GET /objects`, formerly `GET /things`",
            "behavior: client.things.list(): sends the API key in the header `X-Key`, formerly the API key as "
            "a bearer token",
            "behavior: client.things.move(): sends the API key in the header `X-Key`, formerly the API key as "
            "a bearer token",
            "behavior: client.things.move(x_reason=): is sent as the header `X-Why`, formerly the header `X-Reason`",
            "behavior: client.things.photos.download(): sends the API key in the header `X-Key`, formerly the "
            "API key as a bearer token",
            "behavior: client.things.photos.upload(): sends the API key in the header `X-Key`, formerly the "
            "API key as a bearer token",
            "behavior: hidden: sends the API key in the header `X-Key`, formerly the API key as a bearer token",
            "new: types.Things.count: is new: `int | None`",
        ],
    ),
    "what is new": (
        [
            lambda s: get_operation(s, "/things", "get")["parameters"].append(
                {"name": "q", "in": "query", "schema": TEXT}
            ),
            lambda s: get_parameter(s, "search").update(schema={"anyOf": [TEXT, {"type": "integer"}]}),
            lambda s: get_parameter(s, "order")["schema"].update(enum=["up", "down", "same"]),
            lambda s: get_schema(s, "Kind").update(enum=["big", "small", "huge"]),
            lambda s: (
                get_schema(s, "Thing")["properties"].update(age={"type": "integer"}),
                get_schema(s, "Thing")["required"].append("age"),
            ),
            lambda s: get_schema(s, "NewThing")["properties"].update(color=TEXT),
            lambda s: get_operation(s, "/things", "post")["requestBody"]["content"].update(
                {
                    "multipart/form-data": {
                        "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
                    }
                }
            ),
            lambda s: s["paths"].update(
                {
                    "/things/count": {
                        "get": {
                            "operationId": "things.count",
                            "summary": "Count @all <b>things</b> #12",
                            "responses": {
                                "200": {
                                    "description": "n",
                                    "content": {"application/json": {"schema": {"type": "integer"}}},
                                }
                            },
                        }
                    }
                }
            ),
            lambda s: s["paths"].update(
                {
                    "/folders": {
                        "get": {
                            "operationId": "folders.list",
                            "summary": "List folders",
                            "responses": {"204": {"description": "n"}},
                        },
                        "post": {"operationId": "folders.create", "responses": {"204": {"description": "n"}}},
                    }
                }
            ),
            lambda s: get_operation(s, "/hidden", "post")["parameters"].append(
                {"name": "wet", "in": "query", "schema": {"type": "boolean"}}
            ),
            lambda s: s["paths"].update(
                {
                    "/h2": {
                        "get": {
                            "operationId": "hidden2",
                            "x-eigenpal-method": False,
                            "responses": {"204": {"description": "n"}},
                        }
                    }
                }
            ),
            lambda s: s["components"]["schemas"].update(Extra={"type": "object", "properties": {"a": TEXT}}),
            lambda s: get_schema(s, "Thing")["required"].append("size"),
            lambda s: get_parameter(s, "tags").update(explode=False),
            lambda s: get_schema(s, "Thing")["required"].append("note"),
        ],
        [
            "behavior: types.Thing.note: is now always sent",
            "new: client.folders.create(): is new",
            "new: client.folders.list(): List folders",
            "new: client.things.count(): Count `@all` `<b>things</b>` `#12`",
            "new: client.things.create(color=): is new: `str | None`",
            "new: client.things.create_multipart(): Create a thing",
            "new: client.things.iter(q=): is new: `str | None`",
            "new: client.things.iter(search=): takes `str | int | None`, formerly `str | None`",
            "new: client.things.iter(tags=): takes `str | Sequence[str] | None`, formerly `Sequence[str] | None`",
            "new: client.things.list(q=): is new: `str | None`",
            "new: client.things.list(search=): takes `str | int | None`, formerly `str | None`",
            "new: client.things.list(tags=): takes `str | Sequence[str] | None`, formerly `Sequence[str] | None`",
            "new: hidden(wet=): is new: `bool | None` (an operation without a method)",
            "new: hidden2: is new (an operation without a method)",
            "new: types.Extra: is new",
            "new: types.Kind: includes `'huge'`",
            "new: types.NewThing(color=): is new: `str | None`",
            "new: types.Thing.age: is new: `int`",
            "new: types.Thing.size: is `float`, formerly `float | None`",
            "new: types.ThingsListOrder: includes `'same'`",
        ],
    ),
    "what is optional": (
        [
            lambda s: get_schema(s, "NewThing").update(required=[]),
            lambda s: get_schema(s, "NewThing")["properties"].update(name={"type": ["string", "null"]}),
            lambda s: get_schema(s, "Thing")["properties"].update(kind={"type": "string", "enum": ["big", "small"]}),
            lambda s: get_schema(s, "Thing")["properties"].update(
                extent={**get_schema(s, "Thing")["properties"].pop("size"), "x-eigenpal-name": "size"}
            ),
            lambda s: get_operation(s, "/things/{id}", "get").update(security=[]),
        ],
        [
            "behavior: client.things.get(): sends no API key, formerly the API key as a bearer token",
            "behavior: types.Thing.size: is `extent` on the wire, formerly `size`",
            "behavior: types.Thing: lists its fields in another order",
            "new: client.things.create(name=): is now optional",
            "new: types.NewThing(name=): is now optional",
            "new: types.ThingKind: is new",
        ],
    ),
    "texts": (
        [
            lambda s: get_operation(s, "/things/{id}", "get").update(deprecated=True),
            lambda s: get_parameter(s, "search").update(deprecated=True),
            lambda s: get_schema(s, "Thing")["properties"]["size"].update(deprecated=True),
            lambda s: get_schema(s, "NewThing")["properties"]["count"].update(deprecated=True),
            lambda s: get_operation(s, "/things/{id}", "delete").pop("deprecated"),
            lambda s: get_operation(s, "/things", "get").update(description="Other"),
            lambda s: get_schema(s, "Thing")["properties"]["id"].update(description="x"),
            lambda s: get_operation(s, "/things", "get")["responses"]["200"].update(description="x"),
            lambda s: s["tags"][0].update(description="x"),
            lambda s: get_schema(s, "Thing").update(description="x"),
            lambda s: get_parameter(s, "search").update(example="x"),
            lambda s: get_operation(s, "/things", "get")["responses"].update({"404": {"description": "x"}}),
            lambda s: get_parameter(s, "search").update(description="Other"),
        ],
        [
            "deprecated: client.things.create(count=): is deprecated",
            "deprecated: client.things.get(): is deprecated",
            "deprecated: client.things.list(search=): is deprecated",
            "deprecated: types.NewThing.count: is deprecated",
            "deprecated: types.Thing.size: is deprecated",
            "texts: client.things.delete(): is no longer deprecated",
            "texts: client.things.list(): the description changed",
            "texts: client.things.list(): the description of what it returns changed",
            "texts: client.things.list(): the statuses of its documented errors changed",
            "texts: client.things.list(search=): the description changed",
            "texts: client.things.list(search=): the example changed",
            "texts: client.things: the description changed",
            "texts: types.Thing.id: the description changed",
            "texts: types.Thing: the description changed",
        ],
    ),
    "what means the same": (
        [
            lambda s: s["info"].update(version="2", title="y", description="z"),
            lambda s: s["components"].update(schemas=dict(reversed(s["components"]["schemas"].items()))),
            lambda s: get_schema(s, "Thing")["properties"].update(note={"anyOf": [TEXT, {"type": "null"}]}),
            lambda s: get_operation(s, "/things/{id}", "get")["responses"].update(
                {"200": copy.deepcopy(s["components"]["responses"]["Thing"])}
            ),
            lambda s: get_schema(s, "Thing")["properties"].update(
                owner={"allOf": [{"$ref": "#/components/schemas/Owner"}]}
            ),
            lambda s: get_schema(s, "Thing")["properties"]["shape"].update(
                oneOf=get_schema(s, "Thing")["properties"]["shape"].pop("anyOf")
            ),
            lambda s: get_parameter(s, "tags").update(style="form", explode=True),
            lambda s: get_parameter(s, "search")["schema"].update(pattern="x", maxLength=3),
            lambda s: get_schema(s, "NewThing")["properties"]["count"].update(maximum=5),
            lambda s: get_operation(s, "/things", "get").update(tags=["stuff"]),
            lambda s: s.update({"x-foo": 1}),
            lambda s: get_schema(s, "Thing").update(examples=[{"id": "1"}]),
        ],
        [],
    ),
    "status": (
        [
            lambda s: get_operation(s, "/things/{id}", "get").update(
                responses={"201": get_operation(s, "/things/{id}", "get")["responses"]["200"]}
            ),
            lambda s: get_schema(s, "Owner").update(additionalProperties=False),
        ],
        [],
    ),
    "another order": (
        [
            lambda s: get_operation(s, "/things", "get")["parameters"].reverse(),
            lambda s: get_schema(s, "Thing").update(
                properties=dict(reversed(get_schema(s, "Thing")["properties"].items()))
            ),
            lambda s: get_schema(s, "Kind").update(enum=["small", "big"]),
        ],
        [
            "behavior: client.things.iter(): lists its arguments in another order",
            "behavior: client.things.list(): lists its arguments in another order",
            "behavior: types.Kind: lists its values in another order",
            "behavior: types.Thing: lists its fields in another order",
        ],
    ),
    "path order": (
        [
            lambda s: s.update(paths=dict(reversed(s["paths"].items()))),
            lambda s: get_schema(s, "Thing")["properties"]["shape"]["anyOf"].reverse(),
        ],
        [
            "behavior: types.Thing: is built or decoded in another way",
        ],
    ),
}


@pytest.mark.parametrize("case", EDITS)
def test_edits(case: str, compare_things: CompareThings) -> None:
    edits, expected = EDITS[case]
    report = compare_things(lambda spec: [edit(spec) for edit in edits])
    assert sorted(f"{entry.section.value}: {entry.name}: {entry.text}" for entry in report.entries) == expected
