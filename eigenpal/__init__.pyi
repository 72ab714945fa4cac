from eigenpal import errors as errors, types as types
from eigenpal._async_client import AsyncEigenpalClient as AsyncEigenpalClient
from eigenpal._client import EigenpalClient as EigenpalClient
from eigenpal._version import __version__ as __version__
from eigenpal.errors import (
    EigenpalAuthError as EigenpalAuthError,
    EigenpalConnectionError as EigenpalConnectionError,
    EigenpalDownloadError as EigenpalDownloadError,
    EigenpalError as EigenpalError,
    EigenpalForbiddenError as EigenpalForbiddenError,
    EigenpalNotFoundError as EigenpalNotFoundError,
    EigenpalRateLimitError as EigenpalRateLimitError,
    EigenpalResponseError as EigenpalResponseError,
    EigenpalRunFailedError as EigenpalRunFailedError,
    EigenpalServerError as EigenpalServerError,
    EigenpalTimeoutError as EigenpalTimeoutError,
    EigenpalValidationError as EigenpalValidationError,
)

__all__ = [
    "AsyncEigenpalClient",
    "EigenpalAuthError",
    "EigenpalClient",
    "EigenpalConnectionError",
    "EigenpalDownloadError",
    "EigenpalError",
    "EigenpalForbiddenError",
    "EigenpalNotFoundError",
    "EigenpalRateLimitError",
    "EigenpalResponseError",
    "EigenpalRunFailedError",
    "EigenpalServerError",
    "EigenpalTimeoutError",
    "EigenpalValidationError",
    "__version__",
]
