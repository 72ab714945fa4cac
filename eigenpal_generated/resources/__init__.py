# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The client tree, one module per top-level resource, loaded on first use."""

from importlib import import_module as _import_module

_MODULES: tuple[str, ...] = (
    "agents",
    "automations",
    "runs",
    "source",
    "workflows",
)


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return [*_MODULES]
