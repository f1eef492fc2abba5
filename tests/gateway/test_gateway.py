"""The simulated SMS gateway, as a process of its own that is spoken to over HTTP."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from linggong.lib.signing import signature
from linggong.notices.channels import ChannelRefused, Message, SmsGateway
from linggong.notices.concealed import conceal

KEY = "a key that both sides know"


class Running:
    """A gateway process and what a test says to it."""

    def __init__(self, file: Path, *options: str) -> None:
        command = [sys.executable, "-m", "linggong", "gateway", "--port", "0", "--key", KEY, "--store", str(file)]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.url = self.process.stdout.readline().split()[-1].rstrip("/")

    def post(self, content: object, *, key: str = KEY, age: int = 0) -> httpx.Response:
        body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
        stamp = str(int(time.time()) - age)
        headers = {"X-Timestamp": stamp, "X-Signature": signature(key, stamp, body)}
        return httpx.post(f"{self.url}/messages", content=body, headers=headers)

    def references(self, telephone: str = "") -> list[str]:
        found = httpx.get(f"{self.url}/messages.json", params={"telephone": telephone}).json()
        return [message["reference"] for message in found]

    def page(self) -> str:
        return httpx.get(self.url).text

    def end(self, with_signal: int = signal.SIGTERM) -> None:
        os.kill(self.process.pid, with_signal)
        self.process.wait(10)
        self.process.stdout.close()  # type: ignore[union-attr]


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Running] = []

    def begin(*options: str) -> Running:
        running.append(Running(tmp_path / "inbox.jsonl", *options))
        return running[-1]

    yield begin
    for gateway in running:
        if gateway.process.poll() is None:
            gateway.end()


@pytest.fixture(scope="module")
def kept_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    gateway = Running(tmp_path_factory.mktemp("gateway") / "inbox.jsonl")
    yield gateway
    gateway.end()


def sms(reference: str = "r1", telephone: str = "13835512345", text: str = "明天 搬运 去不去？") -> dict[str, str]:
    return {"reference": reference, "telephone": telephone, "text": text}


def test_the_programs_own_channel_reaches_it_and_shows_what_was_concealed(start: Start) -> None:
    gateway = start()
    channel = SmsGateway(f"{gateway.url}/messages", KEY)
    channel.send(Message("r1", "13835512345", f"验证码 {conceal('314159')}"))
    assert gateway.references() == ["r1"]
    assert "验证码 314159" in gateway.page()


def test_a_repeat_is_taken_but_stored_once(start: Start) -> None:
    gateway = start()
    assert [gateway.post(sms()).status_code for _ in range(3)] == [201, 200, 200]
    assert gateway.references() == ["r1"]


def test_a_wrong_key_an_altered_body_and_an_old_message_are_refused(kept_running: Running) -> None:
    gateway = kept_running
    stamp = str(int(time.time()))
    altered = {"X-Timestamp": stamp, "X-Signature": signature(KEY, stamp, b"another body")}
    answers = [
        gateway.post(sms(), key="guessed"),
        gateway.post(sms(), age=301),
        gateway.post(sms(), age=-301),
        httpx.post(f"{gateway.url}/messages", json=sms(), headers=altered),
        httpx.post(f"{gateway.url}/messages", json=sms()),
    ]
    assert [answer.status_code for answer in answers] == [401] * 5
    assert gateway.references() == []


@pytest.mark.parametrize(
    "content",
    [
        sms(telephone="12345"),
        sms(telephone="138 3551 2345"),
        sms(text=""),
        sms(text="\ud800"),
        {"reference": "r1"},
        ["r1"],
        b"not json",
        b"[" * 50_000,
        b'{"reference": "r1", "telephone": 1, "text": "x"}',
    ],
    ids=str,
)
def test_what_is_malformed_is_refused_for_good(kept_running: Running, content: object) -> None:
    body = json.dumps(content).encode() if isinstance(content, dict) else content
    assert kept_running.post(body).status_code == 422
    assert kept_running.references() == []


def test_the_channel_learns_which_refusals_are_for_good(kept_running: Running) -> None:
    for telephone, key, for_good in (("12345", KEY, True), ("13835512345", "guessed", False)):
        with pytest.raises(ChannelRefused) as refused:
            SmsGateway(f"{kept_running.url}/messages", key).send(Message("r1", telephone, "您好"))
        assert refused.value.for_good is for_good


def test_nothing_is_lost_when_it_is_killed(start: Start) -> None:
    gateway = start()
    gateway.post(sms("r1"))
    gateway.post(sms("r2"))
    gateway.end(signal.SIGKILL)
    again = start()
    assert again.references() == ["r2", "r1"]
    assert again.post(sms("r1")).status_code == 200


def test_a_line_cut_off_by_a_crash_does_not_keep_it_from_starting(start: Start, tmp_path: Path) -> None:
    gateway = start()
    gateway.post(sms("r1"))
    gateway.end(signal.SIGKILL)
    with (tmp_path / "inbox.jsonl").open("ab") as file:
        file.write(b'{"reference": "r2", "tele')
    again = start()
    assert again.post(sms("r3")).status_code == 201
    assert again.references() == ["r3", "r1"]
    again.end()
    assert start().references() == ["r3", "r1"]


def test_the_inbox_shows_the_newest_first_and_one_number_where_asked(start: Start) -> None:
    gateway = start()
    gateway.post(sms("r1", "13835512345", "第一条"))
    gateway.post(sms("r2", "13935512345", "第二条"))
    page = gateway.page()
    assert page.index("第二条") < page.index("第一条")
    assert gateway.references("13835512345") == ["r1"]


def test_what_a_message_says_stays_text(start: Start) -> None:
    gateway = start()
    gateway.post(sms(text="<script>alert(1)</script>"))
    assert "<script>" not in gateway.page()
    assert "&lt;script&gt;" in gateway.page()
    hostile = httpx.get(gateway.url, params={"telephone": '"><script>'}).text
    assert "<script>" not in hostile


def test_it_can_be_told_to_fail(start: Start) -> None:
    gateway = start("--fail-rate", "1")
    assert gateway.post(sms()).status_code == 503
    assert gateway.references() == []


def test_it_needs_neither_django_nor_a_database() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import linggong.gateway.server, sys; print('django' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "False"
