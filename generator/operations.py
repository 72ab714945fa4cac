"""The operations: each is an endpoint module under ``api/``, and one or more methods of the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator import facts, naming, text
from generator.answers import Answer, Answers, Pages
from generator.arguments import UPLOAD_PROGRESS, WHOLE_BODY, Argument, overloads, passed, signature, takes_files
from generator.documentation import Docstrings, Documentation
from generator.facts import Described, Facts
from generator.models import Models
from generator.naming import PAGE_SIZE
from generator.nodes import mapping
from generator.parsing import Parsed
from generator.requests import RequestFunction, Requests
from generator.visitor import Types


@dataclass(frozen=True)
class Operation:
    """An endpoint module under ``api/``."""

    steps: list[str]
    method: str
    path: str
    requests: list[RequestFunction]
    answer: Answer
    pages: Pages | None
    summary: str

    @property
    def seen_as(self) -> str:
        """The endpoint module, as written in modules of the tree."""
        return ".".join(["_api", *self.steps])


@dataclass(frozen=True)
class Method:
    """A method of the tree."""

    steps: list[str]
    operation: Operation
    function: RequestFunction
    arguments: list[Argument]
    fixed: list[str]
    """Arguments with a fixed value that the method passes to the endpoint."""
    deprecation: str
    """What it says when it is called although it is deprecated, as a literal; empty if it is not."""
    documentation: Docstrings
    iterator_documentation: Docstrings

    @property
    def name(self) -> str:
        """The name of the method."""
        return self.steps[-1]

    @property
    def returns(self) -> str:
        """The return type."""
        return self.operation.answer.returns

    @property
    def returns_or_size(self) -> str:
        """The return type of a download, which can also be the number of bytes written."""
        return f"{self.returns.removesuffix(' | None')} | int" + " | None" * self.returns.endswith(" | None")

    @property
    def is_download(self) -> bool:
        """Whether the response is a file, which can be written to a path or handle."""
        return self.operation.answer.is_download

    @property
    def request(self) -> str:
        """The call that builds the request."""
        given = passed([argument for argument in self.arguments if argument is not UPLOAD_PROGRESS])
        call = f"{self.operation.seen_as}.{self.function.name}({', '.join(given + self.fixed)})"
        return f"{call}._replace(progress=progress)" if UPLOAD_PROGRESS in self.arguments else call

    @property
    def parse(self) -> str:
        """The function that decodes the response."""
        return f"{self.operation.seen_as}.parse"

    @property
    def signature(self) -> list[str]:
        """The signature, without ``self``."""
        return signature(self.arguments)

    @property
    def overloads(self) -> list[list[str]]:
        """Additional signatures that show which arguments go together."""
        return overloads(self.arguments)

    # --- the iterator of a paginated method ---------------------------------------------------------------------------

    @property
    def is_paginated(self) -> bool:
        """Whether it has an iterator."""
        return self.operation.pages is not None

    @property
    def iterator_name(self) -> str:
        """The name of the iterator."""
        return naming.iterator_name(self.name)

    @property
    def iterated(self) -> list[Argument]:
        """The arguments of the iterator."""
        return iterated(self.arguments, self.operation.pages)

    @property
    def iterator_request(self) -> str:
        """The call that builds the request for the first page."""
        given = [
            f"{argument.name}={PAGE_SIZE}" if argument is self._limit else passed([argument])[0]
            for argument in _without_cursor(self.arguments, self.operation.pages)
        ]
        return f"{self.operation.seen_as}.{self.function.name}({', '.join(given + self.fixed)})"

    @property
    def renamed_limit(self) -> str:
        """The name of the page size in the method, as a literal; empty if the iterator calls it the same."""
        return text.literal(self._limit.name) if self._limit and self._limit.name != PAGE_SIZE else ""

    @property
    def page_size_check(self) -> str:
        """The statement that checks the page size under its name in the iterator; empty if there is none."""
        maximum = self.operation.pages.max_page_size if self.operation.pages else ""
        return f"runtime.check_page_size({PAGE_SIZE}{maximum and f', {maximum}'})" if self._limit else ""

    @property
    def _limit(self) -> Argument | None:
        return next((one for one in self.arguments if _is_limit(one, self.operation.pages)), None)

    @property
    def row(self) -> str:
        """The type that the iterator yields."""
        return self.operation.pages.row if self.operation.pages else ""


def iterated(arguments: list[Argument], pages: Pages | None) -> list[Argument]:
    """Return the arguments of an iterator, which calls the number of rows on a page ``page_size``."""
    return [
        replace(
            argument,
            name=PAGE_SIZE,
            documentation=f"{argument.documentation or 'Number of rows per page.'} The total is not limited.",
            shown=False,
        )
        if _is_limit(argument, pages)
        else argument
        for argument in _without_cursor(arguments, pages)
    ]


def _is_limit(argument: Argument, pages: Pages | None) -> bool:
    return bool(pages and pages.limit) and (argument.location, argument.wire_name) == ("query", pages and pages.limit)


def _without_cursor(arguments: list[Argument], pages: Pages | None) -> list[Argument]:
    """Return the arguments without the cursor, which only a page of results can supply."""
    cursor = pages.cursor if pages else ""
    return [argument for argument in arguments if argument.body_group or argument.wire_name != cursor or not cursor]


class Operations:
    """Computes the endpoints and methods of a document's operations."""

    def __init__(self, facts: Facts, parsed: Parsed, types: Types, models: Models) -> None:
        self._facts = facts
        self._requests = Requests(parsed, types, models)
        self._answers = Answers(parsed, types, models)
        self._documentation = Documentation(facts)

    def all(self) -> list[tuple[Operation, list[Method]]]:
        """Compute every endpoint with the methods that use it."""
        return [self._one(index, found) for index, found in enumerate(self._facts.operations)]

    def _one(self, index: int, found: facts.Operation) -> tuple[Operation, list[Method]]:
        answer = self._answers.answer(index, found)
        functions = self._requests.functions(index, found, answer.kind)
        operation = Operation(
            steps=naming.operation_steps(found.identifier),
            method=found.method.upper(),
            path=found.path,
            requests=list(functions.values()),
            answer=answer,
            pages=self._answers.pages(index, found),
            summary=text.sentence(found.summary or found.identifier),
        )
        if not found.has_method:
            return operation, []
        own = next(iter(functions))
        by_media = {own: found.identifier}
        further: list[tuple[str, str, Described]] = []
        for method in found.further_methods:
            media = method.media or own
            further.append((method.identifier, media, method if method.is_described else found))
            if not method.is_described:
                by_media[media] = method.identifier
        methods = [
            self._method(found, operation, identifier, functions[media], said, _describe_media(media, by_media))
            for identifier, media, said in [(found.identifier, own, found), *further]
        ]
        return operation, methods

    def _method(
        self,
        found: facts.Operation,
        operation: Operation,
        identifier: str,
        function: RequestFunction,
        said: Described,
        hint: str = "",
    ) -> Method:
        """Compute a method; ``said`` and ``hint`` have what distinguishes it from others of the same operation."""
        fixed = mapping(said.node, "fixed")
        steps = naming.operation_steps(identifier)
        arguments = [argument.of_method for argument in function.arguments]
        arguments = _without_fixed(arguments, fixed) if fixed else arguments
        # A download has one of its own, an iterator has many requests, and an API may call an argument so.
        has_one = not operation.answer.is_download and operation.pages is None
        if takes_files(arguments) and has_one and all(one.name != UPLOAD_PROGRESS.name for one in arguments):
            arguments = [*arguments, UPLOAD_PROGRESS]
        place = ".".join(["client", *steps[:-1]])
        iterator = naming.iterator_name(steps[-1])
        names = {**self._answers.attribute_names(found), **{one.wire_name: one.name for one in arguments}}
        return Method(
            steps=steps,
            operation=operation,
            function=function,
            arguments=arguments,
            fixed=[
                f"{argument.name}={text.literal(fixed[argument.wire_name])}"
                for argument in function.arguments
                if argument.body_group and argument.wire_name in fixed
            ],
            deprecation=self._documentation.of_deprecation(found, said, call=f"{place}.{steps[-1]}", names=names),
            documentation=self._documentation.of_method(
                found,
                said,
                call=f"{place}.{steps[-1]}",
                hint=hint,
                arguments=arguments,
                names=names,
                returns=self._answers.about(found, operation.answer),
                is_download=operation.answer.is_download,
            ),
            iterator_documentation=self._documentation.of_iterator(
                summary=operation.summary,
                method=steps[-1],
                call=f"{place}.{iterator}",
                arguments=iterated(arguments, operation.pages),
                names=names,
            )
            if operation.pages
            else {},
        )


def _describe_media(media: str, methods: Mapping[str, str]) -> str:
    """Say how a method sends the body, and which methods of the same operation send it in another way."""
    others = [
        f"To send `{other}`, use `{'.'.join(['client', *naming.operation_steps(identifier)])}`."
        for other, identifier in methods.items()
        if other != media
    ]
    return " ".join([f"The body is sent as `{media}`.", *others]) if others and media in methods else ""


def _without_fixed(arguments: list[Argument], fixed: Mapping[str, str]) -> list[Argument]:
    """Return the arguments of a method that sets some of them itself, and so cannot take a whole body."""
    return [
        argument.without_default() if argument.required else argument
        for argument in arguments
        if argument.body_group != WHOLE_BODY and not (argument.body_group and argument.wire_name in fixed)
    ]
