"""The Git repository: its address, files, releases, and the lockfile of a package."""

from __future__ import annotations

import hashlib
from typing import Any

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.errors import not_found
from eigenpal.testing._server.repository import Repository, content_type_of

ORGANIZATION = "test"


def repository(call: Call) -> Answer:
    """``GET /source/repository``."""
    path = f"{ORGANIZATION}/automations.git"
    return Answer(json={"gitRepositoryPath": path, "remoteUrl": f"https://git.eigenpal.test/{path}"})


def raw(call: Call) -> Answer:
    """``GET /source/raw``."""
    ref, path = call.query.get("ref", "main"), call.query["path"]
    text = Repository(call.world).files(ref).get(path)
    if text is None:
        raise not_found(f"There is no file {path[:200]!r} at {ref}", field="query.path")
    return Answer(json={"ref": ref, "path": path, "contentType": content_type_of(path), "content": text})


def releases(call: Call) -> Answer:
    """``GET /source/releases``."""
    package = Repository(call.world).package(call.query["packagePath"], "query.packagePath")
    wanted = call.query.get("version")
    found = [one for one in reversed(package.versions) if wanted in (None, one.name)]
    if wanted is not None and not found:
        raise not_found(f"{package.package} has no release {wanted[:100]!r}", field="query.version")
    return Answer(json={"packagePath": package.package, "releases": [release(package, one) for one in found]})


def lockfile(call: Call) -> Answer:
    """``GET /source/lockfile``."""
    path, _, ref = call.query["packageRef"].partition("@")
    found = Repository(call.world)
    package = found.package(path, "query.packageRef")
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
    return Answer(
        json={
            "lockfileVersion": 1,
            "eigenpalVersion": call.world.api_version,
            "inputHash": f"sha256:{digest}",
            "root": root,
        }
    )


def release(package: Automation, version: Version) -> dict[str, Any]:
    """Return a release as the API shows it."""
    return {"version": version.name, "tag": package.tag(version), "commit": version.commit(package.package)}


HANDLERS: dict[str, Handler] = {
    "source.repository": repository,
    "source.raw": raw,
    "source.releases": releases,
    "source.lockfile": lockfile,
}
