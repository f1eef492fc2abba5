"""`linggong gateway`: a simulated SMS gateway; its inbox is read in the browser."""

import argparse
import os
import signal
import sys
from pathlib import Path

from linggong.gateway.inbox import Inbox
from linggong.gateway.server import Gateway
from linggong.home import home, load_secrets


def main(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    key = arguments.key or os.environ.get("SMS_GATEWAY_KEY") or load_secrets()["gateway_key"]
    inbox = Inbox(arguments.store or home() / "gateway.jsonl")
    try:
        gateway = Gateway(arguments.port, key, inbox, arguments.fail_rate, arguments.host)
    except OSError as error:
        sys.exit(f"linggong: the gateway cannot listen on port {arguments.port}: {error.strerror}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"SMS gateway: http://{arguments.host}:{gateway.server_port}/", flush=True)
    try:
        gateway.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="linggong gateway", description=__doc__)
    parser.add_argument("--port", type=int, default=8025, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--key", default="", help="shared with the program; else SMS_GATEWAY_KEY or this copy's own")
    parser.add_argument("--store", type=Path, help="where messages are kept; else gateway.jsonl in the home folder")
    parser.add_argument("--fail-rate", type=float, default=0.0, metavar="0..1", help="answer 503 so often")
    return parser
