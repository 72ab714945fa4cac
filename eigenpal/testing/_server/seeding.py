"""Putting things into a server that did not come through its API: old runs, source files, e-mails."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from eigenpal.testing._server.clock import truncate_to_milliseconds
from eigenpal.testing._server.content import UploadedFile
from eigenpal.testing._server.http_errors import as_value_error
from eigenpal.testing._server.run_context import copy_json, validate_output
from eigenpal.testing._server.run_record import STATUSES, TERMINAL, RunRecord
from eigenpal.testing._server.server_state import ServerState


class SeedingMixin:
    """The part of a server that takes in what did not come through its API."""

    state: ServerState

    def add_run(
        self,
        target: str,
        input: Mapping[str, Any] | None = None,
        *,
        status: str = "completed",
        output: dict[str, Any] | None = None,
        error: str | None = None,
        files: Mapping[str, UploadedFile] | None = None,
        seconds: float = 1.0,
        created_at: datetime | None = None,
        version: str | None = None,
        metadata: Any = None,
        trigger: str = "api",
        triggered_by: Mapping[str, Any] | None = None,
        batch_id: str | None = None,
        example: str | None = None,
        example_id: str | None = None,
        score: float | None = None,
        passed: bool | None = None,
    ) -> RunRecord:
        """Add a run that was made some other way: finished, or stuck in a status, and never played.

        Args:
            target: Such as ``"workflows.echo"``.
            input: What it was given.
            status: Its status.
            output: What came out.
            error: Why it failed.
            files: The files it was given.
            seconds: How long it took.
            created_at: When it was created, not before the run that was added last; now, if left out.
            version: The release it ran.
            metadata: Its metadata.
            trigger: What started it, such as ``"manual"`` or ``"email"``.
            triggered_by: Who started it: ``id``, ``name`` and ``email``.
            batch_id: The batch it belongs to.
            example: The name of the example it evaluates.
            example_id: The id of that example.
            score: The score of the evaluation.
            passed: Whether the evaluation passed.

        Returns:
            The run.

        Raises:
            TypeError: Input, output or metadata cannot be sent as JSON, or a file is not an `UploadedFile`.
            ValueError: There is no such target, version or status, or ``created_at`` is before that of the last run, in
                the future, or without a time zone.
        """
        output = validate_output(output)
        state = self.state
        if status not in STATUSES:
            raise ValueError(f"a run has no status {status!r}; it has one of {', '.join(STATUSES)}")
        if created_at is not None and created_at.tzinfo is None:
            raise ValueError("created_at has no time zone; write datetime(..., tzinfo=timezone.utc)")
        with state.lock, as_value_error():
            newest = state.runs.by_number[state.runs.numbers[-1]] if state.runs.numbers else None
            if (
                created_at is not None
                and newest is not None
                and truncate_to_milliseconds(created_at) < newest.created_at
            ):
                raise ValueError(f"runs are added oldest first; the last one was created at {newest.created_at}")
            if created_at is not None and created_at > state.clock.now():
                raise ValueError(f"a run cannot be created in the future; the clock shows {state.clock.now()}")
            run = state.create_run(
                state.automations.target(target, "target"),
                arguments=copy_json(dict(input or {}), "the input"),
                files=(files or {}).items(),
                requested=version,
                metadata=copy_json(metadata, "the metadata"),
                trigger=trigger,
                start=False,
                created_at=created_at,
                prepare=lambda one: _apply_seed(
                    one,
                    status=status,
                    output=output,
                    error=error,
                    seconds=seconds,
                    triggered_by=dict(triggered_by) if triggered_by is not None else None,
                    batch_id=batch_id,
                    example=example,
                    example_id=example_id,
                    score=score,
                    passed=passed,
                ),
            )
            state.commit()
        return run

    def deliver_email(
        self,
        to: str,
        *,
        sender: str,
        subject: str = "",
        text: str = "",
        attachments: Sequence[UploadedFile] = (),
    ) -> RunRecord:
        """Deliver an e-mail to an address of an agent, which starts it.

        The agent gets ``{"from": ..., "subject": ..., "text": ...}`` as input, and ``attachments`` as files.

        Args:
            to: The address, as the API shows it.
            sender: Who sends it.
            subject: Its subject.
            text: Its text.
            attachments: The files that come with it.

        Returns:
            The run.

        Raises:
            ValueError: The address is unknown or disabled, the trigger is off, or the sender is not allowed.

        Example:
            >>> server.deliver_email("receipts@in.eigenpal.test", sender="ines@example.com")  # doctest: +SKIP
        """
        state = self.state
        with state.lock, as_value_error():
            known = ((agent, alias) for agent in state.automations.of_kind("agent") for alias in agent.emails)
            found = next(((agent, alias) for agent, alias in known if alias.address == to.lower()), None)
            if found is None:
                raise ValueError(f"no agent has the address {to!r}")
            agent, alias = found
            if not agent.email_enabled or alias.status != "active":
                raise ValueError(f"{to} is switched off: enabled={agent.email_enabled}, status={alias.status!r}")
            if alias.allowlist and not any(fnmatch.fnmatch(sender.lower(), one.lower()) for one in alias.allowlist):
                raise ValueError(f"{to} does not take e-mails from {sender}; it takes {', '.join(alias.allowlist)}")
            mail: dict[str, Any] = {"from": sender, "subject": subject}
            run = state.create_run(
                agent,
                arguments={**mail, "text": text},
                files=[("attachments", file) for file in attachments],
                trigger="email",
                prepare=lambda one: setattr(one, "email", mail),
            )
            state.commit()
        return run


def _apply_seed(run: RunRecord, *, status: str, seconds: float, **values: Any) -> None:
    run.status = status
    for name, value in values.items():
        setattr(run, name, value)
    if status not in ("created", "pending"):
        run.started_at = run.created_at
    if status in TERMINAL:
        run.completed_at = run.created_at + timedelta(seconds=seconds)
        run.schema_valid = True if status == "completed" else None
        if status != "completed" and run.error is None:
            run.error = f"The run was {status}" if status != "failed" else "The run failed"
