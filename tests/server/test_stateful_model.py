"""Random sequences of client calls, checked against a model of the server."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from hypothesis import settings, stateful, strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from eigenpal.errors import EigenpalNotFoundError, EigenpalValidationError
from eigenpal.testing import Clock, EigenpalServer, RunContext, UploadedFile

NAMES = st.sampled_from(["a.txt", "b.txt", "ü b.csv"])
TEXTS = st.sampled_from(["", "one", "two words", "ü\n\u0000"])
ODD: list[Any] = ["x", None, [1, {}]]
VALUES: dict[str, st.SearchStrategy[Any]] = {"a": st.integers(0, 3), "b": st.sampled_from(ODD)}
INPUTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({}, optional=VALUES)
SECONDS = {"echo": 0, "slow": 10, "queued": 0}


@dataclass
class ExpectedRun:
    """What is expected of a run."""

    id: str
    target: str
    input: dict[str, Any]
    created: int
    begins: int
    ends: int
    cancelled: int | None = None
    previous: str | None = None
    number: int = 0
    feedback: dict[str, Any] | None = None
    expected: dict[str, bytes] = field(default_factory=lambda: dict[str, bytes]())
    files: dict[str, tuple[str, bytes]] = field(default_factory=lambda: dict[str, tuple[str, bytes]]())

    def status(self, now: int) -> str:
        if self.cancelled is not None and now >= self.cancelled and self.cancelled <= self.ends:
            return "cancelled"
        if now < self.begins:
            return "created" if now < self.created + (self.begins - self.created) / 2 else "pending"
        return "completed" if now >= self.ends else "running"


class ServerStateMachine(RuleBasedStateMachine):
    """A server with a client, and what they must return."""

    runs: Bundle[ExpectedRun] = Bundle("runs")
    agents: Bundle[str] = Bundle("agents")
    keys = st.sampled_from([None, "key-1", "key-2"])

    @initialize()
    def serve(self) -> None:
        self.now = 0
        self.known: list[ExpectedRun] = []
        self.known_agents: dict[str, dict[str, Any]] = {}
        self.server = EigenpalServer(clock=Clock(frozen=True)).start()
        self.client = self.server.client(max_retries=0)

        @self.server.workflow("slow", steps=["work"], run_seconds=10)
        def slow(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
            return context.step("work", {"got": input})  # type: ignore[no-any-return]

        @self.server.workflow("queued", queue_seconds=4)
        def waiting(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
            for given in files.values():
                several = cast("list[UploadedFile]", given if isinstance(given, list) else [given])
                for item in several:
                    context.artifact(item.filename, item.content)
            return {"got": input}

    def teardown(self) -> None:
        if hasattr(self, "server"):
            self.client.close()
            self.server.stop()
            self.server.check()

    # --- runs ---

    def record_start(
        self, run_id: str, slug: str, input: dict[str, Any], previous: ExpectedRun | None = None
    ) -> ExpectedRun:
        begins = self.now + (4 if slug == "queued" else 0)
        run = ExpectedRun(run_id, slug, input, self.now, begins, begins + SECONDS[slug])
        if previous is not None:
            run.previous, run.number = previous.id, previous.number + 1
        self.known.append(run)
        return run

    @rule(target=runs, slug=st.sampled_from(["echo", "slow", "queued"]), input=INPUTS)
    def start(self, slug: str, input: dict[str, Any]) -> ExpectedRun:
        started = self.client.run(f"workflows.{slug}", input)
        assert not started.finished
        return self.record_start(started.id, slug, input)

    @rule(target=runs, content=st.binary(max_size=5))
    def start_with_a_file(self, content: bytes) -> ExpectedRun:
        file = {"content": content, "filename": "given.bin"}
        run = self.record_start(self.client.run("workflows.queued", {"doc": file}).id, "queued", {})
        (row,) = self.client.runs.files.list(run.id)["inputs"]
        run.files[row["id"]] = ("given.bin", content)
        return run

    @rule(target=runs, before=runs)
    def rerun(self, before: ExpectedRun) -> ExpectedRun:
        run = self.record_start(self.client.rerun(before.id).id, before.target, before.input, before)
        rows = self.client.runs.files.list(run.id)["inputs"]
        assert [row["filename"] for row in rows] == [name for name, _ in before.files.values()]
        run.files = dict(zip([row["id"] for row in rows], before.files.values(), strict=True))
        return run

    @rule(seconds=st.sampled_from([0, 1, 2, 3, 5, 60]))
    def pass_time(self, seconds: int) -> None:
        self.now += seconds
        self.server.clock.advance(seconds)

    @rule(run=runs)
    def cancel(self, run: ExpectedRun) -> None:
        was = run.status(self.now)
        response = self.client.runs.cancel(run.id)
        assert response.cancellation.was_status == was
        if was in ("completed", "cancelled"):
            assert response.cancellation.state == "already_terminal"
        elif was == "running":
            assert response.cancellation.state == "requested"
            run.cancelled = run.cancelled if run.cancelled is not None else self.now + 1
        else:
            assert response.cancellation.state == "cancelled"
            run.cancelled = run.ends = self.now

    @rule(run=runs)
    def read(self, run: ExpectedRun) -> None:
        read = self.client.runs.get(run.id, expand=["input", "execution"])
        status = run.status(self.now)
        assert (read.execution.status, read.finished) == (status, status in ("completed", "cancelled"))
        assert read.input is not None
        assert read.input["args"] == run.input
        retry = read.execution.retry
        assert (retry.number, retry.previous_run_id) == (run.number, run.previous)
        if status == "completed":
            output = dict(run.input) if run.target == "echo" else {"got": run.input}
            assert read.output == output
            names = {name for name, _ in run.files.values()} if run.target == "queued" else set[str]()
            assert {file["name"] for file in read["files"]} == names
            for file in read["files"]:
                assert self.client.runs.artifacts.download(run.id, file["path"]) in [
                    content for name, content in run.files.values() if name == file["name"]
                ]

    @rule(
        statuses=st.lists(st.sampled_from(["created", "running", "completed", "cancelled"]), unique=True, max_size=2),
        source=st.sampled_from([None, "slow", "queued"]),
        limit=st.integers(1, 4),
    )
    def list_runs(self, statuses: list[Any], source: str | None, limit: int) -> None:
        rows = list(self.client.runs.iter(status=statuses or None, source=source, page_size=limit))
        assert [(row.id, row.execution.status) for row in rows] == [
            (run.id, run.status(self.now))
            for run in reversed(self.known)
            if (not statuses or run.status(self.now) in statuses) and source in (None, run.target)
        ]

    # --- files of a run ---

    @rule(run=runs, content=st.binary(max_size=5))
    def upload(self, run: ExpectedRun, content: bytes) -> None:
        file: Any = {"content": content, "filename": "more.bin"}
        upload = functools.partial(self.client.runs.files.upload, run.id, file)
        if run.status(self.now) in ("created", "pending"):
            run.files[upload()["id"]] = ("more.bin", content)
        else:
            with pytest.raises(EigenpalValidationError, match="before it starts"):
                upload()

    @rule(run=runs, data=st.data())
    def delete_file(self, run: ExpectedRun, data: st.DataObject) -> None:
        if run.files and run.status(self.now) in ("created", "pending"):
            chosen = data.draw(st.sampled_from(sorted(run.files)))
            self.client.runs.files.delete(run.id, chosen)
            del run.files[chosen]
        rows = self.client.runs.files.list(run.id)["inputs"]
        assert {row["id"]: row["size"] for row in rows} == {file: len(data) for file, (_, data) in run.files.items()}

    # --- expected files and feedback ---

    @rule(run=runs, name=NAMES, content=st.binary(max_size=5))
    def expect(self, run: ExpectedRun, name: str, content: bytes) -> None:
        self.client.runs.expected.upload(run.id, {"content": content, "filename": "x"}, name=name)
        run.expected[name] = content

    @rule(run=runs, name=NAMES, other=NAMES)
    def rename_expected(self, run: ExpectedRun, name: str, other: str) -> None:
        rename = functools.partial(self.client.runs.expected.rename, run.id, name, name=other)
        if name not in run.expected:
            with pytest.raises(EigenpalNotFoundError):
                rename()
        elif other in run.expected and other != name:
            with pytest.raises(EigenpalValidationError):
                rename()
        else:
            rename()
            run.expected[other] = run.expected.pop(name)

    @rule(run=runs, name=NAMES)
    def delete_expected(self, run: ExpectedRun, name: str) -> None:
        if name in run.expected:
            self.client.runs.expected.delete(run.id, name)
            del run.expected[name]
        with pytest.raises(EigenpalNotFoundError):
            self.client.runs.expected.download(run.id, name)

    @rule(run=runs, rating=st.sampled_from(["pass", "fail", None]), body=TEXTS)
    def say(self, run: ExpectedRun, rating: str | None, body: str) -> None:
        self.client.runs.feedback.update(run.id, rating=rating, body=body)  # type: ignore[arg-type]
        run.feedback = {**(run.feedback or {"status": "open"}), "rating": rating, "body": body}

    @rule(run=runs)
    def resolve(self, run: ExpectedRun) -> None:
        self.client.runs.feedback.resolve(run.id)
        run.feedback = {"rating": None, "body": "", **(run.feedback or {}), "status": "resolved"}

    @rule(run=runs)
    def unsay(self, run: ExpectedRun) -> None:
        self.client.runs.feedback.clear(run.id)
        run.feedback = None

    @rule(run=runs)
    def review(self, run: ExpectedRun) -> None:
        names = [file["name"] for file in self.client.runs.expected.list(run.id)["files"]]
        assert {name: self.client.runs.expected.download(run.id, name) for name in names} == run.expected
        said = self.client.runs.feedback.get(run.id)["feedback"]
        found = None if said is None else {name: said[name] for name in ("status", "rating", "body")}
        assert found == run.feedback

    # --- agents ---

    @rule(target=agents, slug=st.sampled_from(["red", "green", "blue"]), name=st.sampled_from(["One", "Two"]))
    def create_agent(self, slug: str, name: str) -> Any:
        create = functools.partial(self.client.agents.create, name=name, slug=slug)
        if slug in self.known_agents:
            with pytest.raises(EigenpalValidationError, match="already"):
                create()
            return cast("Any", multiple())
        assert create().agent.slug == slug
        self.known_agents[slug] = {"name": name, "description": None, "config": {}}
        return slug

    @rule(slug=agents, change=st.fixed_dictionaries({}, optional={"name": st.just("New"), "description": TEXTS}))
    def update_agent(self, slug: str, change: dict[str, Any]) -> None:
        self.client.agents.update(slug, **change)
        self.known_agents[slug].update(change)

    @rule(slug=consumes(agents))
    def archive_agent(self, slug: str) -> None:
        self.server.archive(f"agents.{slug}")
        self.known_agents[slug]["archived"] = True

    @rule(archived=st.booleans(), limit=st.integers(1, 3))
    def list_agents(self, archived: bool, limit: int) -> None:
        rows = list(self.client.agents.iter(include_archived=archived, page_size=limit))
        assert [(row.slug, row.name, row.description) for row in rows] == [
            (slug, agent["name"], agent["description"])
            for slug, agent in self.known_agents.items()
            if archived or not agent.get("archived")
        ]

    # --- invariants ---

    @invariant()
    def nothing_breaks_the_contract(self) -> None:
        if hasattr(self, "server"):
            assert self.server.app.violations == []


def test_the_server_is_as_its_model() -> None:
    cast("Any", stateful).run_state_machine_as_test(
        ServerStateMachine,
        settings=settings(max_examples=25, stateful_step_count=30, deadline=None, derandomize=True, database=None),
    )
