"""`linggong serve`: database, web and background work, together until Ctrl-C."""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from linggong.commands.ready import program, told
from linggong.home import home
from linggong.lib.errors import Refusal

Child = "subprocess.Popen[bytes]"


class CannotServe(Refusal):
    """Something about this machine or the settings keeps the program from serving."""

    code = "cannot_serve"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="linggong serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port (PORT, or 8000)")
    parser.add_argument("--demo", action="store_true", help="bring the demo county, unless LINGGONG_DEMO=0")
    options = parser.parse_args(argv)
    demo = os.environ.get("LINGGONG_DEMO", "1" if options.demo else "0") == "1"
    os.environ["LINGGONG_DEMO"] = "1" if demo else "0"
    os.environ["PORT"] = str(options.port)
    gateway = demo and not os.environ.get("SMS_GATEWAY_URL")
    if gateway:
        os.environ["SMS_GATEWAY_URL"] = f"http://127.0.0.1:{options.port + 1}/messages"
    with told():
        _check_free(options.host, options.port)
        if gateway:
            _check_free("127.0.0.1", options.port + 1)
        with _one_at_a_time(), program():
            _prepare(demo)
            _serve(options.host, options.port, demo, gateway)
    return 0


def _prepare(demo: bool) -> None:
    from django.core.management import call_command

    from linggong.commands.demo import ensure_demo
    from linggong.commands.migrate import migrate

    print("bringing the database up to date ...", flush=True)
    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    if demo:
        ensure_demo()


def _serve(host: str, port: int, demo: bool, gateway: bool) -> None:
    """Run the children until one of them ends or the user does."""
    from django.db import connections

    connections.close_all()
    web = ["granian", "--interface", "wsgi", "linggong.wsgi:application", "--host", host, "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", "4", "--backpressure", "64", "--no-ws", "--log-level", "warning"]
    commands = {
        "web": [sys.executable, "-m", *web],
        "work": [sys.executable, "-m", "linggong", "work"],
    }
    if gateway:
        inbox = home() / "gateway.jsonl"
        commands["gateway"] = [
            *[sys.executable, "-m", "linggong", "gateway", "--port", str(port + 1)],
            *["--store", str(inbox)],
        ]
    if demo and os.environ.get("LINGGONG_DEMO_LIVE", "1") == "1":
        commands["day"] = [sys.executable, "-m", "linggong", "demo", "live"]
    children = {name: _start(command) for name, command in commands.items()}
    try:
        _await_answer(host, port, children["web"])
        _print_addresses(host, port, demo, gateway)
        _watch(children)
    finally:
        _end(list(children.values()))


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, preexec_fn=_follow_parent)


def _follow_parent() -> None:
    """A child ends with this process, even after kill -9; Ctrl-C reaches it through us only."""
    os.setpgrp()
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _watch(children: "dict[str, subprocess.Popen[bytes]]") -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)  # also where a shell had it ignored
    try:
        while True:
            for name, child in children.items():
                if child.poll() is not None:
                    raise CannotServe(f"The part {name!r} ended by itself (exit {child.returncode}); see above.")
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nstopping ...", flush=True)


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()


def _await_answer(host: str, port: int, web: "subprocess.Popen[bytes]") -> None:
    for _ in range(150):
        if web.poll() is not None:
            raise CannotServe("The web server did not start; see above.")
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise CannotServe("The web server does not answer.")


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(f"Port {port} is taken on this machine; choose another: PORT=8100 make run") from error


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two programs never serve the same home."""
    import fcntl

    home().mkdir(parents=True, exist_ok=True)
    with (home() / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotServe(f"Another copy serves {home()} already; give this one its own LINGGONG_HOME.") from error
        yield


def _print_addresses(host: str, port: int, demo: bool, gateway: bool) -> None:
    base = f"http://{host}:{port}"
    lines = [
        ("公众 public", f"{base}/"),
        ("零工 worker", f"{base}/worker/"),
        ("用工 employer", f"{base}/employer/"),
        ("窗口 desk", f"{base}/desk/"),
        ("大屏 hall", f"{base}/hall/140403/" if demo else f"{base}/hall/"),
        ("接口 API", f"{base}/api/v1/openapi.json"),
    ]
    if gateway:
        lines.append(("短信 SMS inbox", f"http://127.0.0.1:{port + 1}/"))
    print()
    for name, address in lines:
        print(f"  {name:16} {address}")
    if demo:
        from linggong.commands.demo import logins

        print()
        for line in logins():
            print(f"  {line}")
    print("\n  Ctrl-C stops everything.\n", flush=True)
