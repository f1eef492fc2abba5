"""The SMS channel: signed HTTP to a gateway.

A request is signed with HMAC-SHA256 over its timestamp and body under the key shared with the gateway; the
reference makes a repeat harmless.
"""

import json
import time
from dataclasses import asdict, dataclass
from typing import Protocol

import httpx
from django.conf import settings

from linggong.lib.signing import signature
from linggong.notices.concealed import revealed


@dataclass(frozen=True)
class Message:
    """An SMS: `reference` is the same in every attempt; `text` may hold concealed words."""

    reference: str
    telephone: str
    text: str


class ChannelRefused(Exception):
    """The channel did not take the message; `for_good` where another attempt would not help."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


class Gateway(Protocol):
    def send(self, message: Message) -> None:
        """Hand a message over. Raises ChannelRefused."""


class SmsGateway:
    """The gateway at SMS_GATEWAY_URL."""

    def __init__(self, url: str = "", key: str = "") -> None:
        self.url = url or settings.SMS_GATEWAY_URL
        self.key = key or settings.SMS_GATEWAY_KEY
        self.client = httpx.Client(timeout=10)

    def send(self, message: Message) -> None:
        if not self.url:
            raise ChannelRefused("no SMS gateway is configured")
        body = json.dumps(asdict(message) | {"text": revealed(message.text)}, ensure_ascii=False).encode()
        stamp = str(int(time.time()))
        headers = {"X-Timestamp": stamp, "X-Signature": signature(self.key, stamp, body)}
        try:
            answer = self.client.post(self.url, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise ChannelRefused(type(error).__name__) from error
        if answer.status_code >= 300:
            raise ChannelRefused(f"gateway answered {answer.status_code}", for_good=answer.status_code == 422)
