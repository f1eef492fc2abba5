"""Words in a message that only its recipient may read, such as a login code.

They stand sealed in the outbox and are opened at the moment of sending, so that nobody who reads the table can use
them, and nothing has to be cleaned up after.
"""

import re

from linggong.foundation import personal

PURPOSE = "notice"
_CONCEALED = re.compile(r"\{sealed ([^{}]+)\}")


def conceal(words: str) -> str:
    """What stands for these words in the text of a notice."""
    return f"{{sealed {personal.seal(words, PURPOSE).text}}}"


def revealed(text: str) -> str:
    """The text as it is sent."""
    return _CONCEALED.sub(lambda found: personal.Sealed(found[1], PURPOSE).open(), text)
