"""A whole copy of the program, run as its users run it: real processes, real ports, a home of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(sys.executable).parent / "linggong")
PASSWORD = "a-window-of-the-market"


def free_port() -> int:
    """A port that is free, and the next one too (the gateway's)."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


class Program:
    """`linggong serve` on an empty market with a simulated SMS gateway beside it, or on the demo county."""

    def __init__(self, home: Path, *, demo: bool = False) -> None:
        self.home = home
        self.demo = demo
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.inbox = f"http://127.0.0.1:{self.port + 1}"
        self.gateway: subprocess.Popen[bytes] | None = None
        self.server: subprocess.Popen[bytes] | None = None
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)

    @property
    def environment(self) -> dict[str, str]:
        own = {"LINGGONG_HOME": str(self.home), "LINGGONG_DEMO": str(int(self.demo)), "PORT": str(self.port)}
        gateway = {"SMS_GATEWAY_URL": f"{self.inbox}/messages", "SMS_GATEWAY_KEY": "journey-key"}
        return os.environ | own | ({} if self.demo else gateway)

    def start(self) -> None:
        """Start what does not run, and wait until it answers; the demo brings a gateway of its own."""
        if self.gateway is None and not self.demo:
            self.gateway = self._run("gateway", "--port", str(self.port + 1), "--store", str(self.home / "sms.jsonl"))
        self.server = self._run("serve")
        deadline = time.monotonic() + (900 if self.demo else 180)
        while time.monotonic() < deadline:
            assert self.server.poll() is None, (self.home / "serve.log").read_text()
            try:
                if httpx.get(f"{self.url}/signin/", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.3)
        raise AssertionError("the program does not answer: " + (self.home / "serve.log").read_text())

    def call(self, *arguments: str, input: str = "") -> str:
        """Run one `linggong` command beside the server; its output."""
        done = subprocess.run(
            [COMMAND, *arguments], env=self.environment, input=input, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def kill_everything(self) -> None:
        """kill -9 of the server with all its parts, the database included."""
        assert self.server is not None
        victims = [psutil.Process(self.server.pid), *psutil.Process(self.server.pid).children(recursive=True)]
        postmaster = psutil.Process(int((self.home / "pg" / "postmaster.pid").read_text().split()[0]))
        victims += [postmaster, *postmaster.children(recursive=True)]
        for victim in victims:
            try:
                victim.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        self.server.wait()

    def stop(self) -> None:
        """Ctrl-C."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            assert self.server.wait(timeout=60) == 0
        if self.gateway is not None:
            self.gateway.terminate()
            self.gateway.wait(timeout=10)

    def messages(self, telephone: str) -> list[str]:
        """What the gateway took for a telephone, the latest last."""
        taken = httpx.get(f"{self.inbox}/messages.json", timeout=5).json()
        mine = sorted((m for m in taken if m["telephone"] == telephone), key=lambda m: str(m["received_at"]))
        return [str(m["text"]) for m in mine]

    def wait_for_message(self, telephone: str, words: str, seconds: float = 40) -> str:
        """The latest message with these words, as soon as it has come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [text for text in self.messages(telephone) if words in text]
            if found:
                return found[-1]
            time.sleep(0.5)
        raise AssertionError(f"no message with {words!r} came; there were: {json.dumps(self.messages(telephone))}")

    def add_staff(self, username: str, role: str, division: str = "140403") -> None:
        """A login, by the command an administrator uses."""
        self.call("account", username, "--role", role, "--division", division, input=f"{PASSWORD}\n")

    def api(self, username: str) -> httpx.Client:
        """A client of the API that acts as this login."""
        key = self.call("account", username, "--api-key", "journey").splitlines()[-1]
        return httpx.Client(base_url=f"{self.url}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=30)

    def _run(self, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self.home / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen([COMMAND, *arguments], env=self.environment, stdout=log, stderr=log)
