"""What rich, IPython, Sentry and pytest show of models, pages and clients."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas
import pytest
import rich
import rich.console
import rich.traceback
import sentry_sdk
import sentry_sdk.transport
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib.pretty import pretty

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal_generated import models
from tests.generated.schemas import load_examples
from tests.generated.test_display import make_page, make_secrets

SECRET = "hunter2"
RUN = models.Run.from_dict({**load_examples("Run")[0], "output": {"total": 12.5, "lines": list(range(50))}})
SECRETS = make_secrets()
CLIENTS = [EigenpalClient(api_key=SECRET), AsyncEigenpalClient(api_key=SECRET)]


def print_rich(value: Any, **options: Any) -> str:
    console = rich.console.Console(file=io.StringIO(), width=200)
    if options:
        rich.inspect(value, console=console, **options)
    else:
        console.print(value)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def fail(value: Any) -> None:
    held = [value]
    raise RuntimeError(f"failed with {len(held)} value")


def print_rich_traceback(value: Any) -> str:
    console = rich.console.Console(file=io.StringIO(), width=200)
    try:
        fail(value)
    except RuntimeError:
        console.print(rich.traceback.Traceback(show_locals=True))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def send_to_sentry(value: Any) -> str:
    sent: list[Any] = []

    class Keep(sentry_sdk.transport.Transport):
        def capture_envelope(self, envelope: Any) -> None:
            sent.append(json.dumps([item.payload.json for item in envelope.items]))

    with sentry_sdk.isolation_scope() as scope:
        scope.set_client(
            sentry_sdk.Client(
                "http://a@localhost/1", transport=Keep, default_integrations=False, auto_enabling_integrations=False
            )
        )
        try:
            fail(value)
        except RuntimeError as error:
            sentry_sdk.capture_exception(error)
    (event,) = sent
    return str(event)


SHOW = {
    "rich": print_rich,
    "rich.inspect": lambda value: print_rich(value, methods=True, private=True),
    "rich.traceback": print_rich_traceback,
    "IPython": pretty,
    "Sentry": send_to_sentry,
}


@pytest.mark.parametrize("show", SHOW)
@pytest.mark.parametrize(
    "value", [*SECRETS, *CLIENTS, *[client.runs for client in CLIENTS]], ids=lambda one: type(one).__name__
)
def test_no_tool_shows_a_secret(show: str, value: Any) -> None:
    shown = SHOW[show](value)
    assert type(value).__name__ in shown
    assert SECRET not in shown
    assert SECRET not in SHOW[show]({"a": [value]})


def test_rich_and_ipython_show_all_of_a_run() -> None:
    for shown in (print_rich(RUN), pretty(RUN)):
        for part in ("'total': 12.5", "49", "created_at", "duration_ms", "completed"):
            assert part in shown
        assert len(shown.splitlines()) > 10


def test_rich_and_ipython_show_the_first_rows_of_a_page() -> None:
    for shown in (print_rich(make_page(25)), pretty(make_page(25))):
        assert "... 15 more rows" in shown
        assert shown.count("created_at=") == 10
        assert len(shown.splitlines()) < 40


def test_a_notebook_completes_keys_and_names() -> None:
    shell = InteractiveShell.instance()
    shell.user_ns.update(run=RUN, page=make_page(1), client=CLIENTS[0])
    try:
        with provisionalcompleter():
            for code, expected in (
                ('run["', {*RUN}),
                ('page["', {"runs", "nextCursor"}),
                ("run.", {"execution", "output", "to_dict"}),
                ("client.", {"runs", "run_and_wait"}),
            ):
                found = {one.text.strip("\"'.") for one in shell.Completer.completions(code, len(code))}
                assert {name for name in expected if not any(name in one for one in found)} == set(), code
        assert "ipython" not in shell.display_formatter.format(RUN)[0]
        assert {*shell.display_formatter.format(make_page(1))[0]} == {"text/plain"}
    finally:
        InteractiveShell.clear_instance()


def test_pandas_takes_rows() -> None:
    frame = pandas.DataFrame(make_page(3))
    assert len(frame) == 3
    assert {"id", "type", "timing"} <= {*frame.columns}
    flat = pandas.json_normalize([row.to_dict() for row in make_page(3)])
    assert {"id", "execution.status", "timing.createdAt"} <= {*flat.columns}


def test_pytest_explains_a_comparison_without_secrets(pytester: pytest.Pytester) -> None:
    path = str(Path(__file__).parents[2])
    pytester.makepyfile(f"""
        import sys
        sys.path.insert(0, {path!r})
        from tests.generated.test_display import make_secrets

        def test_compare():
            one, other = make_secrets()[:2]
            assert [one] == [other] and one == other
        def test_same_kind():
            one = make_secrets()[0]
            other = type(one)(source_path="x", secret_name="b", plaintext="{SECRET}3")
            assert one == other
    """)
    result = pytester.runpytest_subprocess("-vv", "--showlocals", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=2)
    shown = "\n".join(line for line in result.outlines if "plaintext=" in line)
    assert SECRET not in shown.replace(f'plaintext="{SECRET}3"', "")
    assert "plaintext=***" in shown


pytest_plugins = ["pytester"]
