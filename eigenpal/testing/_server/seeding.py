"""Adds data that does not come through the API: past runs and e-mails."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from eigenpal.testing._server.content import UploadedFile
from eigenpal.testing._server.http_errors import as_value_error
from eigenpal.testing._server.run_context import copy_json, require_step_name, validate_output
from eigenpal.testing._server.run_record import STATUSES, TERMINAL, RunRecord, StepState
from eigenpal.testing._server.server_state import ServerState

_NOT_STARTED = ("created", "pending")


class SeedingMixin:
    """The methods of a server that add data directly."""

    state: ServerState

    def add_run(
        self,
        target: str,
        input: Mapping[str, Any] | None = None,
        *,
        status: str = "completed",
        output: dict[str, Any] | None = None,
        error: str | None = None,
        steps: Mapping[str, Any] | None = None,
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
        """Add a run that is not executed: a finished one, or one that stays in its status.

        Args:
            target: Target, such as ``"workflows.echo"``.
            input: Input of the run.
            status: Status of the run.
            output: Output of the run.
            error: Error message of the run.
            steps: Outputs of the steps that a workflow run has completed, by name, as
                `client.runs.compare` compares them. Defaults to those of an executed run whose function reports none:
                once completed, all steps of the release, with the output of the run at the last one.
            files: Input files.
            seconds: Duration of the run.
            created_at: Creation time, such as last week's. Listings are sorted by it. Defaults to now.
            version: Release that was run.
            metadata: Metadata of the run.
            trigger: What started it, such as ``"manual"`` or ``"email"``.
            triggered_by: Who started it: ``id``, ``name`` and ``email``.
            batch_id: Id of its batch.
            example: Name of the example it evaluates.
            example_id: Id of that example.
            score: Score of the evaluation.
            passed: Whether the evaluation passed.

        Returns:
            The run.

        Raises:
            TypeError: Input, output, metadata or the output of a step is not JSON-serializable, ``steps`` is not a
                mapping of names, or a file is not an `UploadedFile`.
            ValueError: The target, version or status does not exist, ``created_at`` is in the future or without a time
                zone, or ``steps`` are of an agent or of a run that has not started.

        Examples:
            >>> server.add_run("workflows.extract-invoice", steps={"read": {"pages": 3}})  # doctest: +SKIP
        """
        output = validate_output(output)
        step_outputs = _copy_step_outputs(steps)
        state = self.state
        if status not in STATUSES:
            raise ValueError(f"status must be one of {', '.join(STATUSES)}, not {status!r}")
        if created_at is not None and created_at.tzinfo is None:
            raise ValueError("created_at needs a time zone, such as datetime(..., tzinfo=timezone.utc)")
        if step_outputs is not None and status in _NOT_STARTED:
            raise ValueError(f"a run that is {status} has not started, so it has completed no steps")
        with state.lock, as_value_error():
            if created_at is not None and created_at > state.clock.now():
                raise ValueError(f"created_at must not be in the future; it is now {state.clock.now()}")
            automation = state.automations.get_by_target(target, "target")
            if step_outputs is not None and automation.kind == "agent":
                raise ValueError(f"{automation.target} is an agent; only runs of workflows have steps")
            run = state.create_run(
                automation,
                arguments=copy_json(dict(input or {}), "the input"),
                files=(files or {}).items(),
                requested=version,
                metadata=copy_json(metadata, "the metadata"),
                trigger=trigger,
                start=False,
                created_at=created_at,
                prepare=lambda run: _apply_seed(
                    run,
                    status=status,
                    output=output,
                    error=error,
                    step_names=automation.step_names(automation.resolve(version)),
                    step_outputs=step_outputs,
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
        """Deliver an e-mail to an address of an agent, which starts a run.

        The input of the run is ``{"from": ..., "subject": ..., "text": ...}``; the attachments are its files.

        Args:
            to: Address of the agent, as the API shows it.
            sender: Address of the sender.
            subject: Subject.
            text: Text.
            attachments: Attached files.

        Returns:
            The run.

        Raises:
            ValueError: The address does not exist or is disabled, the trigger is disabled, or the sender is not
                allowed.

        Examples:
            >>> server.deliver_email("receipts@in.eigenpal.test", sender="ines@example.com")  # doctest: +SKIP
        """
        state = self.state
        with state.lock, as_value_error():
            known = ((agent, alias) for agent in state.automations.list_by_kind("agent") for alias in agent.emails)
            found = next(((agent, alias) for agent, alias in known if alias.address == to.lower()), None)
            if found is None:
                raise ValueError(f"no agent has the address {to!r}")
            agent, alias = found
            if not agent.email_enabled or alias.status != "active":
                raise ValueError(f"{to} is disabled: enabled={agent.email_enabled}, status={alias.status!r}")
            if alias.allowlist and not any(fnmatch.fnmatch(sender.lower(), value.lower()) for value in alias.allowlist):
                raise ValueError(f"{to} does not accept e-mails from {sender}, only from {', '.join(alias.allowlist)}")
            mail: dict[str, Any] = {"from": sender, "subject": subject}
            run = state.create_run(
                agent,
                arguments={**mail, "text": text},
                files=[("attachments", file) for file in attachments],
                trigger="email",
                prepare=lambda run: setattr(run, "email", mail),
            )
            state.commit()
        return run


def _copy_step_outputs(steps: object) -> dict[str, Any] | None:
    if steps is None:
        return None
    if not isinstance(steps, Mapping):
        raise TypeError(f"steps must be a mapping of names to outputs, not {type(steps).__name__}")
    outputs = cast("Mapping[object, object]", steps)
    return {
        require_step_name(name): copy_json(output, f"the output of step {name!r}") for name, output in outputs.items()
    }


def _apply_seed(
    run: RunRecord,
    *,
    status: str,
    seconds: float,
    step_names: Sequence[str],
    step_outputs: Mapping[str, Any] | None,
    **values: Any,
) -> None:
    run.status = status
    for name, value in values.items():
        setattr(run, name, value)
    if status not in _NOT_STARTED:
        run.started_at = run.created_at
    if status in TERMINAL:
        run.completed_at = run.created_at + timedelta(seconds=seconds)
        run.schema_valid = True if status == "completed" else None
        if status != "completed" and run.error is None:
            run.error = f"The run was {status}" if status != "failed" else "The run failed"
    _add_steps(run, step_names, step_outputs)


def _add_steps(run: RunRecord, names: Sequence[str], outputs: Mapping[str, Any] | None) -> None:
    """Add steps as an executed run has them: those that are completed share the duration of the run."""
    if outputs is None:
        outputs = {name: run.output if name == names[-1] else {} for name in names} if run.status == "completed" else {}
    run.steps = [StepState(name) for name in dict.fromkeys([*names, *outputs])]
    begins_at = run.started_at
    for step in run.steps:
        if step.name in outputs and begins_at is not None:
            duration = (run.completed_at or begins_at) - (run.started_at or begins_at)
            step.status, step.output = "completed", outputs[step.name]
            step.started_at, begins_at = begins_at, begins_at + duration / len(outputs)
            step.completed_at = begins_at
        elif run.is_finished:
            step.status = "skipped"
