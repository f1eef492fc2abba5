"""Why something was not done with a message."""

from linggong.lib.errors import Refusal


class NothingReceived(Refusal):
    """The text or file holds no message."""

    code = "nothing_received"


class MessageNotFound(Refusal):
    """There is no such message, or not within the viewer's reach."""

    code = "message_not_found"


class AlreadySettled(Refusal):
    """Somebody has settled the draft before."""

    code = "already_settled"


class Stopped(Refusal):
    """A rule forbids that this is published."""

    code = "screening_stops"


class ReasonMissing(Refusal):
    """A rule leaves the decision to a clerk, who has to say why."""

    code = "reason_missing"


class CallRefused(Refusal):
    """A signed call came a second time, or came too late."""

    code = "call_replayed"


class SettingRefused(Refusal):
    """A rule cannot be set like this."""

    code = "setting_refused"
