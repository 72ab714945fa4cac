"""Lowers a document: rewrites it, one small pass a construct, into the small language that the rest understands.

A pass is a pure function from a document to a document. It takes a `Report` too, to which it adds what it cannot do
and what it passes over; it then goes on, so that one run tells everything. Every node keeps its `origin`.

The language, a part of OpenAPI 3.1:

Document
    ``openapi`` (3.1.0), ``info``, ``servers`` (at most one, with an absolute URL without variables), ``security``,
    ``tags``, ``paths``, and ``components`` with ``schemas`` and ``securitySchemes`` only. No other ``$ref`` than to a
    named schema. Besides keys of the standard only ``x-eigenpal-``, which were checked.
Path
    Percent-encoded but for ``{name}``s, each of which is a parameter of all its operations. ``summary``,
    ``description`` and operations (get, put, post, delete, patch); parameters stand at these.
Operation
    ``operationId``: camelCase words with dots, its place in the client tree; unique, also as Python names.
    ``x-eigenpal-also`` names a method for every media type of the body but the first.
    ``parameters``: each with ``name``, ``in`` (path, query, header or cookie), ``required`` (always true or false), and
    ``schema`` or ``content`` with ``application/json``. ``style`` and ``explode`` stand there, both, unless they are
    the default for where it is. Lists and objects hold scalars, an exploded object also lists of them, and a
    ``deepObject`` anything. Names that Python would not tell apart have an ``x-eigenpal-name``.
    ``requestBody``: ``required`` (always true or false) and ``content``. The media types are lower case and without
    parameters, JSON comes first: any number of ``application/json`` and its flavours (``...+json``),
    ``multipart/form-data``, ``application/x-www-form-urlencoded``, ``text/...`` and others, which are binary; of these
    ``image/*`` and the like are ranges. The schema of multipart and of a form is a ``$ref`` to a model. The schema of
    text is a string, that of a binary body has ``format: binary``. A list of objects in a form is a field of JSON for
    each.
    ``responses``: keys are three digits, ``2XX``, ``4XX`` and the like, or ``default``. A success has at most one media
    type: JSON of any flavour, or another one, which is a file. Without ``content`` it is empty if it is 204 or 205,
    and otherwise bytes or nothing, by what comes. ``default`` is an error: what was the only success is written as
    ``2XX``. There need not be a success.
    ``security``: absent (nothing in the document says how to authenticate), or a list with at most one requirement, of
    one scheme: bearer, basic, or apiKey in a header, the query or a cookie.
Schema
    One of
    - a reference: ``$ref`` to a named schema, with texts beside it;
    - a scalar: ``type`` string, integer, number or boolean, perhaps with ``const`` of that type, ``format``, bounds;
    - a list: ``type: array`` with ``items``;
    - a free object or a map: ``type: object`` without ``properties``, perhaps with ``additionalProperties``;
    - anything: without ``type``;
    - a union: ``anyOf`` with two branches or more, none of which is a union. One for null, ``{type: "null"}``, is the
      last. Apart from it, either the JSON types of the branches differ (several scalars of one type count as one; an
      integer is a number), or all are ``$ref``s to objects and ``x-eigenpal-variants`` tells them apart. A union with
      variants stands in a named schema or in a property of one, and a named one has no branch for null;
    and, with a name only,
    - a model: ``type: object`` with ``properties`` (at least one), ``required``, ``additionalProperties``;
    - an enum: ``type`` string or integer with ``enum``, whose values are of that type and distinct.
    A file (``format: binary``) is a binary body, or a property, or a list as a property, of a multipart model.
    Names of schemas are PascalCase, and distinct as Python modules.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.lowering.all_of import merge_parts
from generator.lowering.arguments import arguments
from generator.lowering.bodies import bodies
from generator.lowering.directions import split_directions
from generator.lowering.discriminators import mark_branches
from generator.lowering.forms import forms
from generator.lowering.hoisting import hoist_schemas
from generator.lowering.identifiers import identifiers
from generator.lowering.keywords import keywords
from generator.lowering.kinds import infer_kinds
from generator.lowering.marks import marks
from generator.lowering.names import name_schemas
from generator.lowering.parameters import parameters
from generator.lowering.paths import paths
from generator.lowering.properties import name_properties
from generator.lowering.references import references
from generator.lowering.responses import responses
from generator.lowering.security import security
from generator.lowering.servers import servers
from generator.lowering.unions import simplify_unions
from generator.lowering.variants import tell_apart
from generator.lowering.versions import modernize
from generator.nodes import Node
from generator.problems import Report

Pass = Callable[[Node, Report], Node]

PASSES: tuple[Pass, ...] = (
    *(keywords, references, responses, bodies, identifiers, servers, security, paths),
    *(modernize, mark_branches, name_schemas, infer_kinds, merge_parts, simplify_unions, tell_apart),
    *(hoist_schemas, name_properties, split_directions),
    *(parameters, forms, arguments, marks),
)
"""In this order."""


def lower(document: Node, report: Report) -> Node:
    """Lower a document; problems and notes are added to the report."""
    for rewrite in PASSES:
        document = rewrite(document, report)
    return document
