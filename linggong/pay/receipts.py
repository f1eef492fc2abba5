"""Pictures of receipts: what is let in, and under which name it is kept."""

from typing import BinaryIO, Protocol
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from linggong.lib import clock
from linggong.lib.errors import Refusal

MOST_BYTES = 5 * 1024 * 1024

_KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"%PDF-": "pdf"}
"""How the files that are let in begin. What a file calls itself does not count."""


class ReceiptRefused(Refusal):
    """Not a picture or PDF, or too big."""

    code = "receipt"


class Upload(Protocol):
    """What a form hands over."""

    def read(self, size: int = ..., /) -> bytes: ...


def read_receipt(upload: "Upload | BinaryIO") -> tuple[str, bytes]:
    """(a random name with the ending its content has, the content). Raises ReceiptRefused."""
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ReceiptRefused(_("文件太大了，最多 5 MB。"), field="receipt")
    ending = next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)
    if ending is None:
        raise ReceiptRefused(_("只收 JPG、PNG 图片或 PDF。"), field="receipt")
    return f"receipts/{clock.today():%Y/%m}/{uuid4().hex}.{ending}", content
