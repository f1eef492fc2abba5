"""What a page says, without its frame of tags."""

import html
import re
from typing import Any


def text(response: Any) -> str:
    """The words of a page, blanks made single."""
    body = re.sub(r"<(script|svg|head)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def said(response: Any) -> str:
    """The page at the end of the redirects, in words; it must be there."""
    assert response.status_code == 200
    return text(response)
