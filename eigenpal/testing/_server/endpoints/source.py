"""The Git repository: its URL, files, releases and lockfiles."""

from __future__ import annotations

import hashlib
from typing import Any

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.http_errors import not_found
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.source_repository import SourceRepository, guess_source_type

ORGANIZATION = "test"


def repository(request: ServerRequest) -> ServerResponse:
    """``GET /source/repository``."""
    path = f"{ORGANIZATION}/automations.git"
    return ServerResponse(json={"gitRepositoryPath": path, "remoteUrl": f"https://git.eigenpal.test/{path}"})


def raw(request: ServerRequest) -> ServerResponse:
    """``GET /source/raw``."""
    ref, path = request.query.get("ref", "main"), request.query["path"]
    text = SourceRepository(request.state).read_files(ref).get(path)
    if text is None:
        raise not_found(f"No file {path[:200]!r} at {ref}", field="query.path")
    return ServerResponse(json={"ref": ref, "path": path, "contentType": guess_source_type(path), "content": text})


def releases(request: ServerRequest) -> ServerResponse:
    """``GET /source/releases``."""
    package = SourceRepository(request.state).find_package(request.query["packagePath"], "query.packagePath")
    version_name = request.query.get("version")
    found = [version for version in reversed(package.versions) if version_name in (None, version.name)]
    if version_name is not None and not found:
        raise not_found(f"{package.package} has no release {version_name[:100]!r}", field="query.version")
    return ServerResponse(
        json={"packagePath": package.package, "releases": [serialize_release(package, version) for version in found]}
    )


def lockfile(request: ServerRequest) -> ServerResponse:
    """``GET /source/lockfile``."""
    path, _, ref = request.query["packageRef"].partition("@")
    found = SourceRepository(request.state)
    package = found.find_package(path, "query.packageRef")
    version = package.resolve(ref or None)
    commit = version.commit(package.package) if version is not None else found.head()
    root: dict[str, Any] = {
        "packagePath": package.package,
        "requestedRef": ref or "latest",
        "resolvedRef": f"refs/tags/{package.tag(version)}" if version is not None else "refs/heads/main",
        "commit": commit,
        "dependencies": [],
    }
    if version is not None:
        root["resolvedTag"] = package.tag(version)
    digest = hashlib.sha256(f"{package.package}@{commit}".encode()).hexdigest()
    return ServerResponse(
        json={
            "lockfileVersion": 1,
            "eigenpalVersion": request.state.api_version,
            "inputHash": f"sha256:{digest}",
            "root": root,
        }
    )


def serialize_release(package: Automation, version: Version) -> dict[str, Any]:
    """Return a release."""
    return {"version": version.name, "tag": package.tag(version), "commit": version.commit(package.package)}


ENDPOINTS: dict[str, Endpoint] = {
    "source.repository": repository,
    "source.raw": raw,
    "source.releases": releases,
    "source.lockfile": lockfile,
}
