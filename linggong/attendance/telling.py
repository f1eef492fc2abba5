"""Who is told: the worker, the employer, the desk. Notices are kept in Chinese, whatever the language of the actor."""

from typing import Protocol
from uuid import UUID

from linggong.attendance.parties import Between
from linggong.notices import operations as notices
from linggong.notices.models import Notice


class Subject(Between, Protocol):
    """What a message is about."""

    id: UUID


def tell_worker(topic: str, text: str, about: Subject, *, path: str = "") -> None:
    notices.send(
        topic,
        text,
        recipient=Notice.Recipient.WORKER,
        recipient_id=about.worker_id,
        division=about.division,
        about_id=about.id,
        path=path,
    )


def tell_employer(topic: str, text: str, about: Subject, *, path: str = "") -> None:
    notices.send(
        topic,
        text,
        recipient=Notice.Recipient.EMPLOYER,
        recipient_id=about.employer_id,
        division=about.division,
        about_id=about.id,
        path=path,
    )


def tell_desk(topic: str, text: str, about: Subject, *, path: str = "") -> None:
    notices.send(
        topic,
        text,
        recipient=Notice.Recipient.DESK,
        recipient_id=None,
        division=about.division,
        channels=(Notice.Channel.APP,),
        about_id=about.id,
        path=path,
    )
