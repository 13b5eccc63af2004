"""What the API reads: JSON of a bounded size and depth, and forms with files."""

import codecs
import json
from typing import Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser


class TooLarge(APIException):
    """More than is taken at once (413)."""

    status_code = 413
    default_detail = "Send less than 6 MB of JSON at once."


class BoundedJSON(JSONParser):
    """JSON that fits into memory, in UTF-8, without NaN, and not nested beyond reason."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: dict | None = None
    ) -> Any:
        """Return what was sent, or raise ParseError or TooLarge."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        sent = stream.read(limit + 1)
        if len(sent) > limit:
            raise TooLarge
        try:
            text = codecs.decode(sent, "utf-8")
            return json.loads(text, parse_constant=_refuse)
        except RecursionError:
            raise ParseError("This JSON is nested too deeply.") from None
        except ValueError as problem:
            raise ParseError(f"This is not JSON in UTF-8: {problem}") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")
