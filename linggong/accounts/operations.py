"""Making logins, proving telephones, and closing logins."""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.accounts.models import Account, ApiKey, LoginCode, Role
from linggong.accounts.permissions import NotAllowed, require
from linggong.accounts.queries import key_fingerprint
from linggong.audit.operations import record
from linggong.foundation import personal
from linggong.foundation.scope import within
from linggong.foundation.viewer import PUBLIC, Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.telephone import TelephoneRefused, read_telephone
from linggong.lib.text import compact, plain
from linggong.notices import operations as notices
from linggong.notices.concealed import conceal
from linggong.notices.models import Notice

LONGEST_NAME = 80
CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
PAUSE = timedelta(minutes=1)
MOST_AN_HOUR = 5

PERSONAL_ROLES = frozenset({Role.WORKER, Role.EMPLOYER, Role.AGENCY})


class AccountRefused(Refusal):
    """The login cannot be made as described."""

    code = "account"


class AccountClosed(Refusal):
    """The login was closed by an administrator."""

    code = "account_closed"


class TooManyCodes(Refusal):
    """Codes were asked for too fast for this number."""

    code = "too_many_codes"


class CodeWrong(Refusal):
    """No valid code of this number is the one given."""

    code = "code_wrong"


# ---------------------------------------------------------------------------- logins


def create_staff(
    *, username: str, name: str, role: str, division: str, password: str, site_id: UUID | None = None, by: Viewer
) -> Account:
    """A login for a member of staff. Raises NotAllowed, AccountRefused (with its field)."""
    require(by, "account.create")
    if not by.covers(division):
        raise NotAllowed(_("这个地方不在您负责的区域。"), field="division")
    account = Account(username=plain(username), name=plain(name), role=role, division=division, site_id=site_id)
    _check_staff(account)
    _check_password(account, password)
    account.set_password(password)
    with within(by):
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError:
            raise AccountRefused(_("这个登录名已经有人用了，请换一个。"), field="username") from None
        record("account.created", by=by, about=account, division=division, role=role, username=account.username)
    return account


def set_password(*, account: Account, password: str, by: Viewer) -> None:
    """Give a login another password; every session opened with the old one ends. Raises NotAllowed, AccountRefused."""
    if by.account_id != account.pk:
        _require_charge(account, by, "account.set_password")
    _check_password(account, password)
    account.set_password(password)
    with within(by):
        account.save(update_fields=["password"])
        record("account.password_set", by=by, about=account, division=account.division)


def make_api_key(*, account: Account, client: str, by: Viewer) -> str:
    """A key for a program that acts as this login, shown once and never again. Raises NotAllowed."""
    _require_charge(account, by, "account.create")
    key = secrets.token_urlsafe(32)
    with within(by):
        made = ApiKey(account=account, client=plain(client)[:80], fingerprint=key_fingerprint(key))
        made.save(force_insert=True)
        record("account.api_key_made", by=by, about=made, division=account.division, client=made.client)
    return key


def deactivate(*, account: Account, by: Viewer) -> None:
    """Close a login; its sessions end with the next request. Raises NotAllowed.

    The logins of workers and employers belong to no division: only who reaches the whole country closes them.
    """
    _require_charge(account, by, "account.deactivate")
    account.is_active = False
    with within(by):
        account.save(update_fields=["is_active"])
        record("account.deactivated", by=by, about=account, division=account.division)


def account_for(*, role: str, subject_id: UUID, name: str, by: Viewer) -> Account:
    """The login of a worker or an employer (or agency), made when it is first needed. Raises AccountClosed.

    Whoever calls this has made sure that the person is who they say.
    """
    key = "worker_id" if role == Role.WORKER else "employer_id"
    wanted = {"name": name[:80], "role": role, key: subject_id, "password": make_password(None)}
    with within(by):
        account, made = Account.objects.get_or_create(username=f"{role}:{subject_id}", defaults=wanted)
        if made:
            record("account.created", by=by, about=account, division="", role=role)
    if not account.is_active:
        raise AccountClosed(_("这个账号已停用，请联系市场窗口。"))
    return account


def _check_staff(account: Account) -> None:
    if account.role not in set(Role.values) - PERSONAL_ROLES:
        raise AccountRefused(_("请选择一个工作人员的岗位。"), field="role")
    if not account.username or len(account.username) > LONGEST_NAME:
        raise AccountRefused(_("请填写登录名，最多 80 个字。"), field="username")
    if not account.name or len(account.name) > LONGEST_NAME:
        raise AccountRefused(_("请填写姓名，最多 80 个字。"), field="name")
    if not account.division:
        raise AccountRefused(_("请选择负责的地区。"), field="division")


def _check_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise AccountRefused(" ".join(error.messages), field="password") from error


def _require_charge(account: Account, by: Viewer, act: str) -> None:
    require(by, act)
    if not by.covers(account.division):
        raise NotAllowed(_("这个账号不归您管理。"))


# ---------------------------------------------------------------------------- codes by telephone


def send_login_code(*, telephone: str, by: Viewer = PUBLIC) -> None:
    """Send a code to a mobile, whether or not anybody is registered with it: the answer tells nothing.

    Raises TelephoneRefused, TooManyCodes.
    """
    number = _mobile(telephone)
    index = personal.index(number, "telephone")
    with within(by):
        _one_at_a_time(index)
        _check_pace(index)
        plain_code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        code = LoginCode(
            telephone=personal.seal(number, "telephone"),
            telephone_index=index,
            fingerprint=_fingerprint(index, plain_code),
            expires_at=clock.now() + CODE_LASTS,
        )
        code.save(force_insert=True)
        _send(code, plain_code)


def prove_telephone(*, telephone: str, code: str, by: Viewer = PUBLIC) -> str:
    """The telephone as it is kept, once the code sent to it has come back. Raises TelephoneRefused, CodeWrong.

    A failed try counts even though it is refused, so the refusal is raised after the transaction of the count.
    """
    number = _mobile(telephone)
    with within(by):
        right = _try(personal.index(number, "telephone"), compact(code))
    if not right:
        raise CodeWrong(_("验证码不对，或者已经过期。请看最新的一条短信，或者重新获取。"), field="code")
    return number


def _try(index: str, code: str) -> bool:
    """Try a code against the newest of this number; a right one is used up, a wrong one counts."""
    newest = LoginCode.objects.select_for_update().filter(telephone_index=index).order_by("-created_at").first()
    if newest is None or newest.used_at or newest.expires_at <= clock.now() or newest.attempts >= MOST_TRIES:
        return False
    right = hmac.compare_digest(newest.fingerprint, _fingerprint(index, code))
    newest.attempts += 1
    newest.used_at = clock.now() if right else None
    newest.save(update_fields=["attempts", "used_at"])
    return right


def _mobile(telephone: str) -> str:
    try:
        number = read_telephone(telephone)
    except Refusal as refusal:
        refusal.field = "telephone"
        raise
    if not number.startswith("1"):
        raise TelephoneRefused(_("座机收不到短信，请填写手机号；没有手机请到市场窗口办理。"), field="telephone")
    return number


def _one_at_a_time(index: str) -> None:
    """Requests for one number wait for each other, or two at once would both find the pace in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [index])


def _check_pace(index: str) -> None:
    now = clock.now()
    sent = LoginCode.objects.filter(telephone_index=index, created_at__gt=now - timedelta(hours=1))
    if sent.filter(created_at__gt=now - PAUSE).exists():
        raise TooManyCodes(_("验证码刚刚发过，请等一分钟再试。"), field="telephone")
    if sent.count() >= MOST_AN_HOUR:
        raise TooManyCodes(_("这个号码一小时内要了太多次验证码，请过一会儿再试，或到市场窗口办理。"), field="telephone")


def _fingerprint(index: str, code: str) -> str:
    return personal.index(f"{index}:{code}", "login_code")


def _send(code: LoginCode, plain_code: str) -> None:
    """The code stands concealed in the outbox; only the message itself shows it."""
    notices.send(
        "login_code",
        _t("您的登录验证码是 %(code)s，10 分钟内有效。不要告诉任何人。") % {"code": conceal(plain_code)},
        recipient=Notice.Recipient.TELEPHONE,
        recipient_id=None,
        division="",
        channels=(Notice.Channel.SMS,),
        about_id=code.id,
    )
