"""`linggong intake`: `read` is the reader's own and needs no database; `examples` writes what clerks corrected."""

import json


def main(argv: list[str]) -> int:
    if argv[:1] != ["examples"]:
        from linggong.intake import command

        return command.main(argv)
    from linggong.commands.ready import program, told

    with told(), program():
        from linggong.foundation.viewer import system
        from linggong.messages import examples

        for line in examples.lines(system("linggong intake examples")):
            print(json.dumps(line, ensure_ascii=False))
    return 0
