"""The Eigenpal Python SDK: run document workflows and agents, wait for them, and fetch and review their results.

```python
from pathlib import Path
from eigenpal import EigenpalClient

client = EigenpalClient()  # reads the API key from EIGENPAL_API_KEY
run = client.workflows.executions.run_and_wait("extract-invoice", {"contract": Path("contract.pdf")})
print(run.finished, run.output)
```

`AsyncEigenpalClient` is the same for asyncio and trio. Models are in `eigenpal.types`, errors in `eigenpal.errors`.
"""

# Names are imported on first access, so that importing this package is fast. Type checkers and editors read the stub
# next to this file instead.

from eigenpal._version import __version__ as __version__

_MODULES = {
    "AsyncEigenpalClient": "_async_client",
    "EigenpalAuthError": "errors",
    "EigenpalClient": "_client",
    "EigenpalConnectionError": "errors",
    "EigenpalDownloadError": "errors",
    "EigenpalError": "errors",
    "EigenpalForbiddenError": "errors",
    "EigenpalNotFoundError": "errors",
    "EigenpalRateLimitError": "errors",
    "EigenpalResponseError": "errors",
    "EigenpalRunFailedError": "errors",
    "EigenpalServerError": "errors",
    "EigenpalTimeoutError": "errors",
    "EigenpalValidationError": "errors",
}
_SUBMODULES = ("errors", "types")

__all__ = sorted([*_MODULES, "__version__"])  # pyright: ignore[reportUnsupportedDunderAll] - see above


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in _SUBMODULES:
        return import_module(f"{__name__}.{name}")
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_SUBMODULES, "__doc__", "__file__", "__name__", "__path__"})
