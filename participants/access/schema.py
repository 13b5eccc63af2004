"""What the API's description says of signing in, of pages and of saying no."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from participants.problems import MEDIA

_TEXTS = {"type": "array", "items": {"type": "string"}}
PROBLEM = {
    "type": "object",
    "description": "Why it was not done (RFC 9457). Nothing was changed.",
    "properties": {
        "type": {"type": "string", "description": "What kind of problem, for programs."},
        "title": {"type": "string", "description": "The same in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Every reason, as one text."},
        "reasons": {**_TEXTS, "description": "Every reason by itself."},
        "problems": {
            "type": "object",
            "description": (
                "By field, where what was sent cannot be taken (422). A field inside another is"
                " named as conditions.0.text; an empty name is the whole."
            ),
            "additionalProperties": _TEXTS,
        },
        "conflict": {
            "type": "object",
            "description": (
                "Where somebody else saved meanwhile (409): their revision and content, and yours."
            ),
            "additionalProperties": True,
        },
    },
    "required": ["type", "title", "status", "detail", "reasons"],
}
TURNDOWNS = {
    "401": "Nobody is signed in, or the token is not in force.",
    "403": "You may not do this.",
    "404": "There is no such thing, or it is not for you to see; the two look alike.",
    "422": "What was sent or asked for cannot be taken; fields and filters are told by name.",
    "429": "Too many requests of this account; Retry-After says when to come back, in seconds.",
    "default": "Any other turndown looks the same.",
}
ON_WRITING = {
    "400": "What was sent cannot be read.",
    "409": "It cannot be done now, or was changed meanwhile; every reason is given.",
    "413": "This is more than is taken at once.",
    "415": "This is not in a form that is taken.",
}
_WRITING = {"post", "put", "patch", "delete"}


class ActorScheme(OpenApiAuthenticationExtension):
    """The session of the browser, or a personal token."""

    target_class = "participants.access.authentication.ActorAuthentication"
    name = ["session", "token"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, str]]:
        return [
            {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            {"type": "http", "scheme": "bearer"},
        ]


def describe_turndowns(result: dict, generator: Any, request: Any, public: bool) -> dict:
    """Say of every operation how it is turned down, in problem+json."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for method, operation in path.items():
            said = TURNDOWNS | (ON_WRITING if method in _WRITING else {})
            for status, text in said.items():
                operation["responses"].setdefault(status, {"description": text, "content": content})
    return result


class ApiSchema(AutoSchema):
    """How an operation is described: only what is read comes in pages and can be narrowed."""

    def get_filter_backends(self) -> list[Any]:
        return super().get_filter_backends() if self.method == "GET" else []

    def _get_paginator(self) -> Any:
        return super()._get_paginator() if self.method == "GET" else None


def fill_queries(result: dict, generator: Any, request: Any, public: bool) -> dict:
    """Say of every filter that it is left out, or has a value."""
    for path in result["paths"].values():
        for operation in path.values():
            for each in operation.get("parameters", ()):
                schema = each["schema"]
                if each["in"] == "query" and schema.get("type") == "string":
                    schema.setdefault("minLength", 1)
    return result


def close_inputs(result: dict, generator: Any, request: Any, public: bool) -> dict:
    """Say of everything that is taken that other fields are refused."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema["additionalProperties"] = False
    return result
