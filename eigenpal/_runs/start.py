"""Builds the request that starts a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from eigenpal._runs.idempotency import (
    add_to_metadata,
    check_idempotency_key,
    describe_rerun_search,
    describe_search,
    with_idempotency_key,
)
from eigenpal._runs.inputs import split_inputs
from eigenpal._runs.targets import ResolvedTarget, check_version
from eigenpal._uploads.file_arguments import is_file, is_text_file
from eigenpal_generated.api import rerun as rerun_endpoint, run as start_endpoint
from eigenpal_generated.runtime import Request

if TYPE_CHECKING:
    from eigenpal._runs.file_reference import FileReference
    from eigenpal_generated.models import RunOrigin, RunOverrides
    from eigenpal_generated.runtime import Progress

parse_start_response = start_endpoint.parse
parse_rerun_response = rerun_endpoint.parse


class StartOptions(NamedTuple):
    """The options of a run, apart from its target and input."""

    wait_for_completion: int | None = None
    overrides: RunOverrides | Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    files: Mapping[str, FileReference | Sequence[FileReference]] | None = None
    trigger: RunOrigin | None = None
    idempotency_key: str | None = None
    progress: Progress | None = None


def build_start_request(target: ResolvedTarget, given: Mapping[str, Any] | None, options: StartOptions) -> Request:
    """Build the request that starts a run.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument is invalid.
        OSError: A file does not exist or cannot be read.
    """
    key = options.idempotency_key
    if key is not None:
        check_idempotency_key(key)
    _check_mapping("metadata", options.metadata, "{'ticket': 'T-1'}")
    request = _build_request(target, given, options._replace(metadata=add_to_metadata(options.metadata, key)))
    return with_idempotency_key(request._replace(recovery=describe_search(target, key)), key)


def build_rerun_request(
    run_id: str, version: str | None, wait_for_completion: int | None, idempotency_key: str | None
) -> Request:
    """Build the request that starts a run with the input of an earlier one.

    It has no body, so the key is only its header.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument is invalid.
    """
    if idempotency_key is not None:
        check_idempotency_key(idempotency_key)
    request = rerun_endpoint.request(run_id, version=check_version(version), wait_for_completion=wait_for_completion)
    return with_idempotency_key(request._replace(recovery=describe_rerun_search(run_id)), idempotency_key)


def _build_request(target: ResolvedTarget, given: Mapping[str, Any] | None, options: StartOptions) -> Request:
    """Build the request without its key: multipart if there are files to upload, otherwise JSON."""
    _check_mapping("overrides", options.overrides, "{'steps': {'read': {...}}}")
    _check_references(options.files)
    values, files = split_inputs(given)
    if not files:
        return start_endpoint.request(
            target=target.name,
            input=values,
            files=options.files,
            overrides=options.overrides,
            metadata=options.metadata,
            version=target.version,
            wait_for_completion=options.wait_for_completion,
            trigger=options.trigger,
        )
    if options.files:
        raise ValueError(
            "files= refers to stored files, and cannot be combined with files to upload "
            f"(input[{next(iter(files))!r}]); upload all of them as input"
        )
    request = start_endpoint.request_multipart(
        target=target.name,
        input=values,
        overrides=options.overrides,
        metadata=options.metadata,
        files=cast("Any", files),
        version=target.version,
        wait_for_completion=options.wait_for_completion,
        trigger=options.trigger,
    )
    return request._replace(progress=options.progress)


def _check_mapping(name: str, value: object, example: str) -> None:
    if value is not None and not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a mapping such as {example}, not {type(value).__name__}")


def _check_references(files: object) -> None:
    """Check that ``files`` contains only references to stored files, not files to upload."""
    _check_mapping("files", files, "{'invoice': {'fileId': ...}}")
    for name, value in cast("Mapping[object, object]", files or {}).items():
        is_list = isinstance(value, (list, tuple))
        for item in cast("Sequence[object]", value) if is_list else (value,):
            if is_file(item) or is_text_file(item):
                raise TypeError(
                    f"files[{name!r}] is a file to upload, but files= takes references to stored files "
                    f"({{'fileId': ...}}); pass it as input={{{name!r}: ...}}"
                )
            if not isinstance(item, Mapping) or "fileId" not in item:
                kind = "a mapping without 'fileId'" if isinstance(item, Mapping) else f"of type {type(item).__name__}"
                raise TypeError(
                    f"files[{name!r}] is {kind}; files= takes references to stored files: {{'fileId': ...}}"
                )
