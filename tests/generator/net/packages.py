"""Packages generated from documents, imported in place of the repository's own.

All that the net knows about how the generator is run, and how a package is laid out, stands here.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import tempfile
from collections.abc import Callable, Generator
from operator import attrgetter
from pathlib import Path
from typing import Any, cast

import attrs
import httpx

from generator.__main__ import ROOT, main
from tests.generator.full_spec import make_full_spec

PACKAGE = "eigenpal_generated"
OUR_DOCUMENT = ROOT / "openapi" / "openapi.yaml"
NO_SERVER = "https://no-server.test"
"""Where requests go if the document names no server."""

Handler = Callable[[httpx.Request], httpx.Response]


@contextlib.contextmanager
def generate(document: Path) -> Generator[Path]:
    """Generate a package, and yield the folder that it can be imported from.

    A document called ``full_spec.py`` is the one that the module of this name makes.
    """
    with tempfile.TemporaryDirectory() as folder:
        if document.suffix == ".py":
            document = Path(folder, "openapi.json")
            document.write_text(json.dumps(make_full_spec()), encoding="utf-8")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            status = main(["--spec", str(document), "--out", str(Path(folder, PACKAGE))])
        assert status == 0, printed.getvalue()
        yield Path(folder)


@contextlib.contextmanager
def import_from(folder: Path, *, is_our_api: bool) -> Generator[Package]:
    """Import the package of a folder, and `eigenpal` anew, which then works with that package."""
    before = {name: module for name, module in sys.modules.items() if _is_ours(name)}
    for name in before:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield Package(is_our_api)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if _is_ours(name)]:
            del sys.modules[name]
        sys.modules.update(before)
        importlib.invalidate_caches()


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in ("eigenpal", PACKAGE)


class Package:
    """An imported package, and clients for it."""

    def __init__(self, is_our_api: bool) -> None:
        self._is_our_api = is_our_api
        root = self._import(PACKAGE)
        self.server: str | None = getattr(root, "DEFAULT_SERVER", None)
        if self.server is None:
            root.DEFAULT_SERVER = NO_SERVER

    @staticmethod
    def _import(name: str) -> Any:
        return importlib.import_module(name)

    def make_client(self, handler: Handler, *, is_async: bool, api_key: str, max_retries: int) -> Any:
        """Return the client for a package of our API; for any other its tree, on the same transport."""
        kind = "Async" if is_async else ""
        transport = httpx.MockTransport(handler)
        http_client: Any = httpx.AsyncClient(transport=transport) if is_async else httpx.Client(transport=transport)
        options: dict[str, Any] = {
            "api_key": api_key,
            "base_url": self.server or NO_SERVER,
            "max_retries": max_retries,
            "timeout_seconds": 60.0,
        }
        if self._is_our_api:
            return getattr(self._import("eigenpal"), f"{kind}EigenpalClient")(http_client=http_client, **options)
        resolved = self._import("eigenpal._options").resolve_options(**options, verify_ssl=True, default_headers=None)
        make_transport = getattr(self._import("eigenpal._transport"), f"{kind}HttpxTransport")
        tree = getattr(self._import(f"{PACKAGE}.resources.tree"), f"{kind}Tree")
        return tree(make_transport(resolved, http_client=http_client))

    def find_method(self, client: Any, place: str) -> Callable[..., Any]:
        """Return a method of the client by its place in the tree, such as ``runs.get``; of ``one | other``, any.

        What builds the request of an operation without a method is ``endpoint:legacy.run.request``. What decodes a
        model is ``models:Run.from_dict``.
        """
        kind, _, name = place.rpartition(":")
        if kind == "models":
            return cast("Callable[..., Any]", attrgetter(name)(self._import(f"{PACKAGE}.models")))
        if not kind:
            return cast("Callable[..., Any]", _get_first(client, name.split(" | ")))
        module, _, function = name.rpartition(".")
        endpoint = self._import(f"{PACKAGE}.api.{module}")

        def call(*given: Any, **named: Any) -> Any:
            return client._transport.call(getattr(endpoint, function)(*given, **named), endpoint.parse)

        return call

    def make_model(self, name: str, values: dict[str, Any]) -> Any:
        """Make a model with its constructor."""
        return getattr(self._import(f"{PACKAGE}.models"), name)(**values)


def _get_first(client: Any, places: list[str]) -> Any:
    for place in places[:-1]:
        with contextlib.suppress(AttributeError):
            return attrgetter(place)(client)
    return attrgetter(places[-1])(client)


def get_attributes(value: Any) -> dict[str, Any] | None:
    """Return the attributes of a model; None for anything else."""
    if not hasattr(value, "to_dict"):
        return None
    fields: Any = attrs.fields(cast("Any", type(value)))
    return {field.name: getattr(value, field.name) for field in fields}
