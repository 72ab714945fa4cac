"""What the start of a run sends; pure, shared by both clients and by every method that starts one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from eigenpal._runs.inputs import split_inputs
from eigenpal._runs.targets import ResolvedTarget
from eigenpal._uploads.files import is_file
from eigenpal_generated.api import run as start_page
from eigenpal_generated.runtime import Request

if TYPE_CHECKING:
    from eigenpal_generated.models import RunFileReference, RunOrigin, RunOverrides

    FileReference = RunFileReference | Mapping[str, Any]

parse_start = start_page.parse


class StartOptions(NamedTuple):
    """What may be said about a run beside its target and its input."""

    wait_for_completion: int | None = None
    overrides: RunOverrides | Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    files: Mapping[str, FileReference | Sequence[FileReference]] | None = None
    trigger: RunOrigin | None = None


def start_request(target: ResolvedTarget, given: Mapping[str, Any] | None, options: StartOptions) -> Request:
    """Make the request that starts a run: multipart where there are files to upload, otherwise JSON.

    Raises:
        TypeError: An argument is of a type that cannot be sent.
        ValueError: An argument cannot be sent as it is.
        OSError: A file does not exist or cannot be read.
    """
    _check_mapping("overrides", options.overrides, "{'steps': {'read': {...}}}")
    _check_mapping("metadata", options.metadata, "{'ticket': 'T-1'}")
    _check_references(options.files)
    values, files = split_inputs(given)
    if not files:
        return start_page.request(
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
            "files= refers to files that are stored already, and cannot be sent together with files to upload "
            f"(input[{next(iter(files))!r}]); upload all of them as input"
        )
    return start_page.request_multipart(
        target=target.name,
        input=values,
        overrides=options.overrides,
        metadata=options.metadata,
        files=files,
        version=target.version,
        wait_for_completion=options.wait_for_completion,
        trigger=options.trigger,
    )


def _check_mapping(name: str, value: object, example: str) -> None:
    if value is not None and not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a mapping such as {example}, not {type(value).__name__}")


def _check_references(files: object) -> None:
    """Refuse what is no reference to a stored file, above all files to upload."""
    _check_mapping("files", files, "{'invoice': {'fileId': ...}}")
    for name, value in cast("Mapping[object, object]", files or {}).items():
        is_list = isinstance(value, (list, tuple))
        for item in cast("Sequence[object]", value) if is_list else (value,):
            if is_file(item) or isinstance(item, bytes):
                raise TypeError(
                    f"files[{name!r}] is a file to upload, and files= takes references to stored ones "
                    f"({{'fileId': ...}}); give it as input={{{name!r}: ...}}"
                )
            if not isinstance(item, Mapping) or "fileId" not in item:
                found = "a mapping without 'fileId'" if isinstance(item, Mapping) else f"of type {type(item).__name__}"
                raise TypeError(
                    f"files[{name!r}] is {found}; files= takes references to stored files: {{'fileId': ...}}"
                )
