"""The gateway's HTTP side.

POST /messages takes {"reference", "telephone", "text"} with X-Timestamp (seconds) and X-Signature
(`linggong.lib.signing`): 201 stored, 200 known already, 401 bad signature or clock, 422 malformed, 503 now and then
where asked for. GET / is the inbox for people, GET /messages.json for programs; both take ?telephone=.
"""

import hmac
import json
import random
import re
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from linggong.gateway.inbox import Inbox, Received
from linggong.gateway.page import POLICY, filter_page, inbox_page
from linggong.lib import clock
from linggong.lib.signing import signature
from linggong.lib.telephone import TelephoneRefused, read_telephone

CLOCK_TOLERANCE = 300
LARGEST = 64 * 1024
_NUMBER = re.compile("[0-9]{1,12}")


class Refused(Exception):
    """The message is not taken."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class Gateway(ThreadingHTTPServer):
    """Listens on `port` of this machine (0 takes a free one)."""

    daemon_threads = True

    def __init__(self, port: int, key: str, inbox: Inbox, fail_rate: float = 0.0, host: str = "127.0.0.1") -> None:
        super().__init__((host, port), _Handler)
        self.key = key
        self.inbox = inbox
        self.fail_rate = fail_rate


class _Handler(BaseHTTPRequestHandler):
    server: Gateway
    server_version = "LinggongGateway"
    timeout = 30

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        telephone = parse_qs(address.query).get("telephone", [""])[0].strip()
        messages = self.server.inbox.messages(telephone)
        if address.path == "/":
            self._answer_page(inbox_page(messages, telephone))
        elif address.path == "/filter":
            self._answer_page(filter_page())
        elif address.path == "/messages.json":
            self._answer_json(HTTPStatus.OK, [asdict(message) for message in messages])
        else:
            self._answer_json(HTTPStatus.NOT_FOUND, {"error": "no such page"})

    def do_POST(self) -> None:
        try:
            status = self._take()
            self._answer_json(status, {"status": "stored" if status == HTTPStatus.CREATED else "known"})
        except Refused as refused:
            self._answer_json(refused.status, {"error": str(refused)})

    def _take(self) -> HTTPStatus:
        body = self._body()
        if urlsplit(self.path).path != "/messages":
            raise Refused(HTTPStatus.NOT_FOUND, "no such page")
        self._check_signature(body)
        message = _message(body)
        if random.random() < self.server.fail_rate:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "simulated failure")
        return HTTPStatus.CREATED if self.server.inbox.add(message) else HTTPStatus.OK

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not _NUMBER.fullmatch(length) or int(length) > LARGEST:
            self.close_connection = True
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "give a Content-Length of at most 64 KiB")
        return self.rfile.read(int(length))

    def _check_signature(self, body: bytes) -> None:
        stamp = self.headers.get("X-Timestamp", "")
        signed = self.headers.get("X-Signature", "")
        fresh = _NUMBER.fullmatch(stamp) and abs(int(stamp) - clock.now().timestamp()) <= CLOCK_TOLERANCE
        wanted = signature(self.server.key, stamp, body)
        if not hmac.compare_digest(wanted.encode(), signed.encode()) or not fresh:
            raise Refused(HTTPStatus.UNAUTHORIZED, "the signature or the time is wrong")

    def _answer_page(self, page: str) -> None:
        self._answer(HTTPStatus.OK, page.encode(), "text/html; charset=utf-8")

    def _answer_json(self, status: HTTPStatus, content: Any) -> None:
        self._answer(status, json.dumps(content, ensure_ascii=False).encode(), "application/json")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: requests name telephones."""


def _message(body: bytes) -> Received:
    try:
        given = json.loads(body)
        reference, telephone, text = (given[name] for name in ("reference", "telephone", "text"))
        if not all(isinstance(part, str) and part.encode() for part in (reference, telephone, text)):
            raise TypeError
        if read_telephone(telephone) != telephone:
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "the telephone must be digits only")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "reference, telephone and text are needed") from None
    except TelephoneRefused as refusal:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal)) from refusal
    return Received(reference, telephone, text, clock.now().isoformat())
