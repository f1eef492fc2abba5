"""`linggong divisions`: load the divisions of a province, from the province down to its villages."""

import argparse

from linggong.commands.ready import program, told


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="linggong divisions", description=__doc__)
    parser.add_argument("--province", default="14", metavar="CODE", help="two digits; 14 is Shanxi")
    arguments = parser.parse_args(argv)
    with told(), program():
        from linggong.places.operations import load_divisions

        count = load_divisions(arguments.province, progress=lambda done: print(f"\r{done}", end="", flush=True))
        print(f"\r{count} divisions")
    return 0
