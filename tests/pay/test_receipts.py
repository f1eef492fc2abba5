"""What is taken for a receipt."""

from io import BytesIO

import pytest

from linggong.pay.receipts import MOST_BYTES, ReceiptRefused, read_receipt

JPG, PNG, PDF = b"\xff\xd8\xff\xe0 picture", b"\x89PNG\r\n\x1a\n picture", b"%PDF-1.7 paper"


@pytest.mark.parametrize(("content", "ending"), [(JPG, ".jpg"), (PNG, ".png"), (PDF, ".pdf")])
def test_pictures_and_pdfs_are_known_by_their_content(content: bytes, ending: str) -> None:
    name, kept = read_receipt(BytesIO(content))
    assert name.startswith("receipts/")
    assert name.endswith(ending)
    assert kept == content


@pytest.mark.parametrize("content", [b"", b"<html><script>", b"GIF89a", b"MZ\x90", b"\xff\xd8"])
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    upload = BytesIO(content)
    upload.name = "receipt.jpg"
    with pytest.raises(ReceiptRefused):
        read_receipt(upload)


def test_five_megabytes_are_the_most() -> None:
    read_receipt(BytesIO(JPG.ljust(MOST_BYTES, b"x")))
    with pytest.raises(ReceiptRefused):
        read_receipt(BytesIO(JPG.ljust(MOST_BYTES + 1, b"x")))


def test_the_name_is_random() -> None:
    assert read_receipt(BytesIO(JPG))[0] != read_receipt(BytesIO(JPG))[0]
