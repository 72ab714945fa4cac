"""Secrets in the source: really encrypted (AES-256-GCM), with a key that never leaves the server."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from typing import Any, cast

from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.errors import Issue, Problem, forbidden, invalid
from eigenpal.testing._server.world import World

KEY_ID = "key_01"
_TAG_BYTES = 16


def encrypt(call: Call) -> Answer:
    """``POST /source/secrets/encrypt``: one secret, or several under ``secrets``."""
    body = call.body
    if "secrets" in body:
        needed = ("sourcePath", "secretName", "plaintext")
        return Answer(json=_each(body, needed, lambda one, _: _encrypt(call.world, one)))
    _need(body, ("sourcePath", "secretName", "plaintext"))
    return Answer(json={"encrypted": _encrypt(call.world, body)})


def decrypt(call: Call) -> Answer:
    """``POST /source/secrets/decrypt``: one secret of a run's lockfile, or several under ``secrets``."""
    body = call.body
    if "secrets" in body:
        needed = ("sourcePath", "secretName", "encrypted")
        opened = _each(body, needed, lambda one, place: _decrypt(call.world, one, place))
        return Answer(json=opened, secret=True)
    _need(body, ("executionId", "sourcePath", "secretName", "encrypted"))
    run = call.world.runs.get(body["executionId"])
    package = call.world.automations.get(run.kind, run.automation_id).package
    if not body["sourcePath"].startswith(f"{package}/"):
        message = f"{body['sourcePath'][:200]!r} is not in the lockfile of run {run.id}"
        raise forbidden(message, "not_in_lockfile", hint=f"The run used {package}.")
    return Answer(json={"plaintext": _decrypt(call.world, body, "body.encrypted")}, secret=True)


def _each(body: Mapping[str, Any], needed: tuple[str, ...], work: Callable[[dict[str, Any], str], Any]) -> Any:
    if any(name in body for name in needed):
        raise invalid("body.secrets", "Send one secret or a list under secrets, not both")
    result: dict[str, Any] = {}
    for position, one in enumerate(cast("list[dict[str, Any]]", body["secrets"])):
        name = one["secretName"]
        if name in result:
            raise invalid(f"body.secrets.{position}.secretName", f"{name!r} was sent twice")
        result[name] = work(one, f"body.secrets.{position}.encrypted")
    return {"secrets": result}


def _need(body: Mapping[str, Any], names: tuple[str, ...]) -> None:
    missing = [Issue(f"body.{name}", f"{name} is required", "required") for name in names if name not in body]
    if missing:
        raise Problem(400, missing)


def _encrypt(world: World, one: Mapping[str, Any]) -> dict[str, str]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    text = one["plaintext"].encode("utf-8", "surrogatepass")
    sealed = AESGCM(world.secret_key).encrypt(nonce, text, _bound_to(one))
    return {
        "algorithm": "aes-256-gcm",
        "keyId": KEY_ID,
        "nonce": _written(nonce),
        "ciphertext": _written(sealed[:-_TAG_BYTES]),
        "tag": _written(sealed[-_TAG_BYTES:]),
    }


def _decrypt(world: World, one: Mapping[str, Any], place: str) -> str:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    encrypted = one["encrypted"]
    if encrypted["keyId"] != KEY_ID:
        raise invalid(f"{place}.keyId", f"The organization has no key {encrypted['keyId'][:100]!r}")
    nonce, ciphertext, tag = (_read(encrypted[name], f"{place}.{name}") for name in ("nonce", "ciphertext", "tag"))
    try:
        text = AESGCM(world.secret_key).decrypt(nonce, ciphertext + tag, _bound_to(one))
    except (InvalidTag, ValueError):
        message = "This was not encrypted by this organization for this secretName and sourcePath"
        raise invalid(place, message, "decryption_failed") from None
    return text.decode("utf-8", "surrogatepass")


def _bound_to(one: Mapping[str, Any]) -> bytes:
    """A secret opens only under the path and name it was closed for."""
    return f"{one['sourcePath']}\0{one['secretName']}".encode("utf-8", "surrogatepass")


def _written(data: bytes) -> str:
    return "b64:" + base64.b64encode(data).decode("ascii")


def _read(text: str, place: str) -> bytes:
    try:
        return base64.b64decode(text.removeprefix("b64:"), validate=True)
    except (binascii.Error, ValueError):
        raise invalid(place, "Expected base64, with or without the prefix b64:") from None


HANDLERS: dict[str, Handler] = {"source.encryptSecrets": encrypt, "source.decryptSecrets": decrypt}
