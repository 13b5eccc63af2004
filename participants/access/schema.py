"""What the API's description says of signing in and of saying no."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

PROBLEM = {
    "type": "object",
    "description": "Why it was not done. Nothing was changed.",
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "reasons": {"type": "array", "items": {"type": "string"}},
        "problems": {
            "type": "object",
            "description": "By field, where what was sent cannot be taken (422).",
            "additionalProperties": True,
        },
        "detail": {
            "type": "object",
            "description": "What the reasons speak of, such as both texts of a conflict (409).",
            "additionalProperties": True,
        },
    },
    "required": ["title", "status"],
}
TURNDOWNS = {
    "401": "Nobody is signed in, or the token is not in force.",
    "403": "You may not do this.",
    "404": "There is no such thing, or it is not for you to see; the two look alike.",
}
ON_WRITING = {
    "409": "It cannot be done now, or was changed meanwhile; every reason is given.",
    "422": "What was sent cannot be taken.",
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
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for method, operation in path.items():
            said = TURNDOWNS | (ON_WRITING if method in _WRITING else {})
            for status, text in said.items():
                operation["responses"].setdefault(status, {"description": text, "content": content})
    return result
