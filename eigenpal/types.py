"""Public types for annotations and request bodies: the models of the API, and the types this package adds.

```python
from eigenpal.types import Run, RunComparisonReport
```

Each is imported on first access.
"""

# Type checkers and editors read the stub next to this file, which tools/types_stub.py writes from `_MODULES`.

from eigenpal_generated import models as _models

_MODULES = {
    "AsyncStream": "eigenpal._transport",
    "AsyncRunBatch": "eigenpal._runs.many.async_batch",
    "BatchProgress": "eigenpal._runs.many.results",
    "BatchSummary": "eigenpal._runs.many.results",
    "DownloadTarget": "eigenpal_generated.runtime",
    "FailedArtifact": "eigenpal._resources.saved_artifacts",
    "FileContent": "eigenpal_generated.runtime",
    "FileInput": "eigenpal_generated.runtime",
    "Issue": "eigenpal.errors",
    "Model": "eigenpal_generated.base_models",
    "Page": "eigenpal_generated.base_models",
    "Progress": "eigenpal_generated.runtime",
    "ResponseInfo": "eigenpal._response_info",
    "RunBatch": "eigenpal._runs.many.sync_batch",
    "RunComparisonReport": "eigenpal._runs.comparison_report",
    "RunJsonDifference": "eigenpal._runs.comparison_report",
    "RunMatchedFile": "eigenpal._runs.comparison_report",
    "RunResult": "eigenpal._runs.many.results",
    "RunStepComparison": "eigenpal._runs.comparison_report",
    "SavedArtifact": "eigenpal._resources.saved_artifacts",
    "Stream": "eigenpal._transport",
    "StructuredTarget": "eigenpal._runs.targets",
    "Target": "eigenpal._runs.targets",
    "TypedFileContent": "eigenpal_generated.runtime",
}

_PUBLIC = sorted([*_MODULES, *dir(_models)])

__all__ = _PUBLIC  # pyright: ignore[reportUnsupportedDunderAll] - checkers read the stub next to this file


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in _MODULES:
        value: object = getattr(import_module(_MODULES[name]), name)
    elif name in _PUBLIC:
        import_module("eigenpal.errors")  # which models raise
        value = getattr(_models, name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return _PUBLIC
