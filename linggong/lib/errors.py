"""The one family of errors that a person is told about."""


class Refusal(Exception):
    """The system does not do what was asked, and says why in a sentence.

    `code` is stable and meant for machines, `sentence` is for the person who asked (Chinese or lazily
    translated), `field` names the form field it is about, if any. Nothing has been changed when it is raised.
    """

    code = "refused"

    def __init__(self, sentence: object, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return str(self.sentence)
