"""`linggong manage ...`: Django's own commands, with the database running."""

from linggong.commands.ready import program, told


def main(argv: list[str]) -> int:
    with told(), program():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["linggong manage", *argv])
    return 0
