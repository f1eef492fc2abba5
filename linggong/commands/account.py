"""`linggong account`: make a login for a member of staff, or give it a new password.

The password is asked for, or read from the first line of the input where that is not a terminal.
"""

import argparse
import getpass
import sys

from linggong.commands.ready import program, told


def main(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    with told(), program():
        from linggong.accounts.models import Account
        from linggong.accounts.operations import create_staff, make_api_key, set_password
        from linggong.foundation.viewer import system

        by = system("linggong account")
        known = Account.objects.filter(username=arguments.username).first()
        if known and arguments.api_key:
            print(make_api_key(account=known, client=arguments.api_key, by=by))
            return 0
        if known:
            set_password(account=known, password=_password(), by=by)
            print(f"{known.username}: new password; its open sessions have ended")
            return 0
        made = create_staff(
            username=arguments.username,
            name=arguments.name or arguments.username,
            role=arguments.role,
            division=arguments.division,
            password=_password(),
            by=by,
        )
        print(f"{made.username}: {made.get_role_display()}, {made.division}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="linggong account", description=__doc__)
    parser.add_argument("username")
    parser.add_argument("--role", default="administrator", help="window_clerk, station_clerk, call_agent ...")
    parser.add_argument("--division", default="", help="the code of what the login reaches, e.g. 140403")
    parser.add_argument("--name", default="", help="the person's name")
    parser.add_argument("--api-key", metavar="CLIENT", help="make an API key for a program that acts as this login")
    return parser


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("password: ")
    return sys.stdin.readline().rstrip("\n")
