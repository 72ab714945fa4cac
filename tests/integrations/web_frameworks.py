"""Applications of web frameworks with one endpoint, which takes an upload."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Annotated, Any, NamedTuple

import aiohttp.test_utils
import aiohttp.web
import bottle
import django
import django.conf
import django.core.handlers.wsgi
import django.http
import django.urls
import fastapi
import flask
import httpx
import litestar
import litestar.datastructures
import litestar.enums
import litestar.params
import quart
import starlette.applications
import starlette.responses
import starlette.routing


class Sent(NamedTuple):
    """A file as a browser sends it."""

    filename: str
    content: bytes
    content_type: str


Handle = Callable[[Any], Awaitable[dict[str, Any]]]
"""What an endpoint does with an upload."""


def run_flask(handle: Handle, sent: Sent) -> Any:
    app = flask.Flask(__name__)

    @app.post("/")
    def endpoint() -> dict[str, Any]:
        return asyncio.run(handle(flask.request.files["document"]))

    return _post_to_wsgi(app, sent)


def run_flask_files(handle: Handle, sent: Sent) -> Any:
    app = flask.Flask(__name__)

    @app.post("/")
    def endpoint() -> dict[str, Any]:
        # All files of a form are an input as they are.
        return asyncio.run(handle(flask.request.files))

    return _post_to_wsgi(app, sent)


@cache
def set_up_django() -> list[Handle]:
    handlers: list[Handle] = []

    def endpoint(request: Any) -> Any:
        return django.http.JsonResponse(asyncio.run(handlers[-1](request.FILES["document"])))

    class Urls:
        urlpatterns = (django.urls.path("", endpoint),)

    django.conf.settings.configure(ROOT_URLCONF=Urls, ALLOWED_HOSTS=["*"], FILE_UPLOAD_TEMP_DIR=tempfile.gettempdir())
    django.setup()
    return handlers


def run_django(handle: Handle, sent: Sent) -> Any:
    set_up_django().append(handle)
    return _post_to_wsgi(django.core.handlers.wsgi.WSGIHandler(), sent)


def run_bottle(handle: Handle, sent: Sent) -> Any:
    app = bottle.Bottle()

    @app.post("/")
    def endpoint() -> dict[str, Any]:
        return asyncio.run(handle(bottle.request.files["document"]))

    return _post_to_wsgi(app, sent)


def run_fastapi(handle: Handle, sent: Sent) -> Any:
    app = fastapi.FastAPI()

    async def endpoint(document: fastapi.UploadFile) -> dict[str, Any]:
        return await handle(document)

    # The annotations of a local function are not found by name.
    endpoint.__annotations__ = {"document": fastapi.UploadFile}
    app.post("/")(endpoint)
    return _post_to_asgi(app, sent)


def run_starlette(handle: Handle, sent: Sent) -> Any:
    async def endpoint(request: Any) -> Any:
        async with request.form() as form:
            return starlette.responses.JSONResponse(await handle(form["document"]))

    return _post_to_asgi(
        starlette.applications.Starlette(routes=[starlette.routing.Route("/", endpoint, methods=["POST"])]), sent
    )


def run_quart(handle: Handle, sent: Sent) -> Any:
    app = quart.Quart(__name__)

    @app.post("/")
    async def endpoint() -> dict[str, Any]:
        return await handle((await quart.request.files)["document"])

    return _post_to_asgi(app, sent)


def run_litestar(handle: Handle, sent: Sent) -> Any:
    async def endpoint(data: Any) -> Any:
        return await handle(data)

    body = litestar.params.Body(media_type=litestar.enums.RequestEncodingType.MULTI_PART)
    endpoint.__annotations__ = {
        "data": Annotated[litestar.datastructures.UploadFile, body],
        "return": dict[str, Any],
    }
    return _post_to_asgi(litestar.Litestar([litestar.post("/")(endpoint)]), sent, field="data")


def run_aiohttp(handle: Handle, sent: Sent) -> Any:
    async def endpoint(request: aiohttp.web.Request) -> aiohttp.web.Response:
        return aiohttp.web.json_response(await handle((await request.post())["document"]))

    async def main() -> Any:
        app = aiohttp.web.Application(client_max_size=2**30)
        app.router.add_post("/", endpoint)
        async with aiohttp.test_utils.TestServer(app) as server, httpx.AsyncClient() as client:
            return _read(await client.post(str(server.make_url("/")), files={"document": sent}))

    return asyncio.run(main())


def _post_to_wsgi(app: Any, sent: Sent) -> Any:
    with httpx.Client(transport=httpx.WSGITransport(app), base_url="http://app") as client:
        return _read(client.post("/", files={"document": sent}))


def _post_to_asgi(app: Any, sent: Sent, field: str = "document") -> Any:
    async def main() -> Any:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
            return _read(await client.post("/", files={field: sent}))

    return asyncio.run(main())


def _read(response: httpx.Response) -> Any:
    assert response.is_success, response.text
    return response.json()


FRAMEWORKS: dict[str, Callable[[Handle, Sent], Any]] = {
    "FastAPI": run_fastapi,
    "Starlette": run_starlette,
    "Flask": run_flask,
    "Quart": run_quart,
    "Django": run_django,
    "Litestar": run_litestar,
    "aiohttp.web": run_aiohttp,
    "Bottle": run_bottle,
}
