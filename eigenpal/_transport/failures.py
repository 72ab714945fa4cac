"""The error that each `Fault` becomes; pure, shared by both clients."""

from __future__ import annotations

from typing import Any

from eigenpal import errors
from eigenpal._transport.outcomes import TransportFailure
from eigenpal_generated.runtime import Request

_TLS_HINT = (
    "Check the certificate of base_url; for one signed by an authority of your own pass "
    "verify_ssl=ssl.create_default_context(cafile=...), for a development host verify_ssl=False."
)

_LONGEST_REASON = 200


def error_from_failure(
    request: Request, failure: TransportFailure, *, where: str, timeout: float, attempts: int
) -> errors.EigenpalError:
    """Make the error for a request without a complete answer.

    Args:
        request: What was asked.
        failure: What came instead.
        where: Scheme, host and port it was sent to.
        timeout: The seconds it was given.
        attempts: How often it was sent.
    """
    details: dict[str, Any] = {"operation": request.operation}
    because = f": {failure.reason[:_LONGEST_REASON]}" if failure.reason else ""
    tries = "" if attempts <= 1 else f" ({attempts} attempts)"
    kind = failure.kind
    if kind == "connect_error":
        return errors.EigenpalConnectionError(
            f"could not connect to {where}{because}{tries}", hint="Check base_url and the network.", **details
        )
    if kind == "tls":
        return errors.EigenpalConnectionError(
            f"no secure connection to {where}{because}", is_tls_failure=True, hint=_TLS_HINT, **details
        )
    if kind == "connect_timeout":
        return errors.EigenpalTimeoutError(
            f"no connection to {where} within {_format_seconds(timeout)}{because}{tries}",
            hint="Check base_url and the network.",
            **details,
        )
    if kind == "deadline_exceeded":
        return errors.EigenpalTimeoutError(
            f"{request.operation} was not sent to {where}: the time was over before{tries}",
            hint="Give it longer with timeout_seconds.",
            **details,
        )
    if kind == "timeout":
        return errors.EigenpalTimeoutError(
            f"{request.operation} was not answered by {where} within {_format_seconds(timeout)}{because}{tries}",
            hint="Give it longer with timeout_seconds.",
            **details,
        )
    if kind == "connection_lost":
        return errors.EigenpalConnectionError(
            f"the connection to {where} broke before {request.operation} was answered{because}{tries}", **details
        )
    if kind == "file":
        return errors.EigenpalError(f"{request.operation} was not sent completely: {failure.reason}", **details)
    return errors.EigenpalResponseError(
        f"the answer to {request.operation} {failure.reason}", status=failure.status, **details
    )


def _format_seconds(value: float) -> str:
    return f"{value:.3g} s"


def mark_outcome_unknown(request: Request, error: errors.EigenpalError) -> None:
    """Say on an error that the request may have been carried out, and what to do before sending it again."""
    error.outcome_unknown = True
    if request.starts_run:
        warning = "The run may have started; look for it with client.runs.list() before starting it again."
    else:
        warning = "The request may have been carried out; check before repeating it."
    error.hint = f"{warning} {error.hint}" if error.hint else warning
