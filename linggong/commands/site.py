"""`linggong site`: add a market, a station or a riders' home to the network."""

import argparse

from linggong.commands.ready import program, told
from linggong.lib.errors import Refusal


def main(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    with told(), program():
        from linggong.foundation.viewer import system
        from linggong.places import operations, queries

        division = queries.division(arguments.division)
        latitude = division.latitude if arguments.latitude is None else arguments.latitude
        longitude = division.longitude if arguments.longitude is None else arguments.longitude
        if latitude is None or longitude is None:
            raise Refusal("The position of this division is not known: give --latitude and --longitude.")
        made = operations.add_site(
            kind=arguments.kind,
            division=division.code,
            name=arguments.name,
            address=arguments.address,
            latitude=latitude,
            longitude=longitude,
            hours=arguments.hours,
            telephone=arguments.telephone,
            windows=arguments.windows,
            by=system("linggong site"),
        )
        print(f"{made.name}: {made.get_kind_display()}, {queries.name_of(made.division)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="linggong site", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--kind", default="market", choices=["market", "station", "riders_home"])
    parser.add_argument("--division", required=True, help="the code of its county, township or village")
    parser.add_argument("--address", required=True)
    parser.add_argument("--hours", default="8:00–18:00")
    parser.add_argument("--telephone", default="")
    parser.add_argument("--windows", type=int, default=0)
    parser.add_argument("--latitude", type=float, help="the division's own, where none is given")
    parser.add_argument("--longitude", type=float)
    return parser
