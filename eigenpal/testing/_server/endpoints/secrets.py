"""Encrypts and decrypts secrets with AES-256-GCM and a key of the server."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from typing import Any, cast

from eigenpal.testing._server.http_errors import ErrorIssue, HttpError, bad_request, forbidden
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.server_state import ServerState

KEY_ID = "key_01"
_TAG_BYTES = 16


def encrypt(request: ServerRequest) -> ServerResponse:
    """``POST /source/secrets/encrypt``: one secret, or several in ``secrets``."""
    body = request.body
    if "secrets" in body:
        required = ("sourcePath", "secretName", "plaintext")
        return ServerResponse(json=_process_batch(body, required, lambda secret, _: _encrypt(request.state, secret)))
    _require(body, ("sourcePath", "secretName", "plaintext"))
    return ServerResponse(json={"encrypted": _encrypt(request.state, body)})


def decrypt(request: ServerRequest) -> ServerResponse:
    """``POST /source/secrets/decrypt``: one secret of a run's lockfile, or several in ``secrets``."""
    body = request.body
    if "secrets" in body:
        required = ("sourcePath", "secretName", "encrypted")
        opened = _process_batch(body, required, lambda secret, field: _decrypt(request.state, secret, field))
        return ServerResponse(json=opened, secret=True)
    _require(body, ("executionId", "sourcePath", "secretName", "encrypted"))
    run = request.state.runs.get(body["executionId"])
    package = request.state.automations.get(run.kind, run.automation_id).package
    if not body["sourcePath"].startswith(f"{package}/"):
        message = f"{body['sourcePath'][:200]!r} is not in the lockfile of run {run.id}"
        raise forbidden(message, "not_in_lockfile", hint=f"The run used {package}.")
    return ServerResponse(json={"plaintext": _decrypt(request.state, body, "body.encrypted")}, secret=True)


def _process_batch(
    body: Mapping[str, Any], required: tuple[str, ...], process: Callable[[dict[str, Any], str], Any]
) -> Any:
    if any(name in body for name in required):
        raise bad_request("body.secrets", "Send one secret or a list in secrets, not both")
    result: dict[str, Any] = {}
    for position, secret in enumerate(cast("list[dict[str, Any]]", body["secrets"])):
        name = secret["secretName"]
        if name in result:
            raise bad_request(f"body.secrets.{position}.secretName", f"{name!r} is repeated")
        result[name] = process(secret, f"body.secrets.{position}.encrypted")
    return {"secrets": result}


def _require(body: Mapping[str, Any], names: tuple[str, ...]) -> None:
    missing = [ErrorIssue(f"body.{name}", f"{name} is required", "required") for name in names if name not in body]
    if missing:
        raise HttpError(400, missing)


def _encrypt(state: ServerState, secret: Mapping[str, Any]) -> dict[str, str]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    text = secret["plaintext"].encode("utf-8", "surrogatepass")
    sealed = AESGCM(state.secret_key).encrypt(nonce, text, _associated_data(secret))
    return {
        "algorithm": "aes-256-gcm",
        "keyId": KEY_ID,
        "nonce": _encode_base64(nonce),
        "ciphertext": _encode_base64(sealed[:-_TAG_BYTES]),
        "tag": _encode_base64(sealed[-_TAG_BYTES:]),
    }


def _decrypt(state: ServerState, secret: Mapping[str, Any], field: str) -> str:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    encrypted = secret["encrypted"]
    if encrypted["keyId"] != KEY_ID:
        raise bad_request(f"{field}.keyId", f"The organization has no key {encrypted['keyId'][:100]!r}")
    nonce, ciphertext, tag = (
        _decode_base64(encrypted[name], f"{field}.{name}") for name in ("nonce", "ciphertext", "tag")
    )
    try:
        text = AESGCM(state.secret_key).decrypt(nonce, ciphertext + tag, _associated_data(secret))
    except (InvalidTag, ValueError):
        message = "This was not encrypted by this organization for this secretName and sourcePath"
        raise bad_request(field, message, "decryption_failed") from None
    return text.decode("utf-8", "surrogatepass")


def _associated_data(secret: Mapping[str, Any]) -> bytes:
    """Bind a secret to its path and name: it cannot be decrypted under others."""
    return f"{secret['sourcePath']}\0{secret['secretName']}".encode("utf-8", "surrogatepass")


def _encode_base64(data: bytes) -> str:
    return "b64:" + base64.b64encode(data).decode("ascii")


def _decode_base64(text: str, field: str) -> bytes:
    try:
        return base64.b64decode(text.removeprefix("b64:"), validate=True)
    except (binascii.Error, ValueError):
        raise bad_request(field, "Expected base64, with or without the prefix b64:") from None


ENDPOINTS: dict[str, Endpoint] = {"source.encryptSecrets": encrypt, "source.decryptSecrets": decrypt}
