# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `source`, loaded on first use."""

from importlib import import_module as _import_module

_MODULES: tuple[str, ...] = (
    "decrypt_secrets",
    "encrypt_secrets",
    "lockfile",
    "raw",
    "releases",
    "repository",
)


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return [*_MODULES]
