"""The API's description: as OpenAPI for programs, and as a page for people, without scripts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from participants.access.views import Door

MEDIA = "application/vnd.oai.openapi+json"


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Return the OpenAPI document; it is the same for everybody, and drawn once a process."""
    return SchemaGenerator().get_schema(request=None, public=True)


class Description(Door):
    """The OpenAPI document."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(document(), content_type=MEDIA)


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that goes into an address or a query."""

    name: str
    place: str
    type: str
    note: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be done, as the page shows it."""

    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    takes: tuple[tuple[str, str], ...]
    gives: tuple[tuple[str, str], ...]
    ident: str


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything that the API can do, by subject."""
    return render(request, "participants/api.html", {"groups": groups()})


@lru_cache(maxsize=1)
def groups() -> dict[str, list[Operation]]:
    """Return the operations by subject, subjects by name."""
    found: dict[str, list[Operation]] = {}
    for tag, operation in _operations(document()):
        found.setdefault(tag, []).append(operation)
    return dict(sorted(found.items()))


def _operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            tag = (said.get("tags") or ["Other"])[0]
            yield tag, _operation(schema, path, method, said)


def _operation(schema: Mapping, path: str, method: str, said: Mapping) -> Operation:
    done = next((r for status, r in said["responses"].items() if status.startswith("2")), {})
    return Operation(
        method=method.upper(),
        path=path,
        summary=said.get("description") or said.get("summary", ""),
        parameters=tuple(
            Parameter(p["name"], p["in"], _type(schema, p["schema"]), p.get("description", ""))
            for p in said.get("parameters", ())
        ),
        takes=_fields(schema, _body(said.get("requestBody", {}))),
        gives=_fields(schema, _body(done)),
        ident=said["operationId"],
    )


def _body(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(iter(holder.get("content", {}).values()), {}).get("schema", {})


def _fields(schema: Mapping, shape: Mapping) -> tuple[tuple[str, str], ...]:
    shape = _resolved(schema, shape)
    if "results" in shape.get("properties", {}):  # a page of rows: what a row is made of
        shape = _resolved(schema, shape["properties"]["results"])
    if shape.get("type") == "array":
        shape = _resolved(schema, shape.get("items", {}))
    return tuple((name, _type(schema, each)) for name, each in shape.get("properties", {}).items())


def _resolved(schema: Mapping, shape: Mapping) -> Mapping:
    while "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return shape


def _type(schema: Mapping, shape: Mapping) -> str:
    for several in ("allOf", "oneOf", "anyOf"):
        if several in shape:
            return " or ".join(filter(None, (_type(schema, each) for each in shape[several])))
    shape = _resolved(schema, shape)
    if shape.get("enum"):
        return " | ".join(str(each) for each in shape["enum"] if each not in ("", None))
    if shape.get("type") == "array":
        return f"list of {_type(schema, shape.get('items', {}))}"
    return shape.get("format") or str(shape.get("type", "anything"))
