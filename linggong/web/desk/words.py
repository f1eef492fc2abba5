"""The acts of the audit trail and the fields they name, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "worker.registered": _("登记"),
    "worker.updated": _("改了登记"),
    "worker.merged": _("用名单补全了登记"),
    "worker.revealed": _("查看了"),
    "worker.state_changed": _("改了求职状态"),
    "worker.served_again": _("再次服务"),
    "employer.registered": _("登记"),
    "employer.approve": _("核验通过"),
    "employer.refuse": _("核验没有通过"),
    "employer.suspend": _("暂停用工"),
    "employer.blacklist": _("列入黑名单"),
    "employer.reinstate": _("恢复用工"),
    "employer.revealed": _("查看了"),
    "post.made": _("录入岗位"),
    "post.opened": _("发布"),
    "post.allowed": _("审核通过"),
    "post.upheld": _("审核没有通过"),
    "post.withdrawn": _("撤下"),
    "shift.places_changed": _("改了人数"),
    "shift.cancelled": _("取消了班次"),
    "wage.settled": _("算好工钱"),
    "wage.corrected": _("改了工时，工钱重算"),
    "wage.paid": _("记了一笔付款"),
    "wage.received": _("本人收到了"),
    "wage.disputed": _("本人说没收到"),
    "wage.recovered": _("追回了工钱"),
    "message.received": _("收了消息"),
    "message.opened": _("看了原文"),
    "message.published": _("按消息发布"),
    "message.applied": _("改到原岗位"),
    "message.registered": _("按消息登记"),
    "message.dropped": _("不发布"),
    "message.reopened": _("放回待处理"),
    "message.taken": _("当成岗位"),
    "example.kept": _("留作读消息的例子"),
    "screening.set": _("改了审核规则"),
    "source.added": _("加了群助手"),
    "source.revoked": _("停用群助手"),
    "pair.blocked": _("不再安排到一起"),
}

FIELDS: dict[str, Promise] = {
    "telephone": _("电话"),
    "identity_number": _("身份证号"),
    "address": _("住址"),
    "contact_telephone": _("联系人电话"),
}
