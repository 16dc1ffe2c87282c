"""What stands in a book's cells: states, acts, and from what to what."""

from collections.abc import Mapping
from datetime import datetime

from handlers.texts.figures import CHANNEL_NAMES, figures_said, kind_name, yuan
from handlers.texts.naming import office_name, place_in_full
from handlers.texts.rules import HOW_SURE
from storage.books import Act
from storage.campaign_schema import Campaign
from storage.differences import FROM_PLATFORM
from storage.ledger import Entry
from storage.matters import Difference
from storage.models.people import Grant
from storage.models.teams import Channel, Team, TeamStatus, Total

STATUS_NAMES: Mapping[TeamStatus, str] = {
    "active": "正常",
    "unclaimed": "待认领",
    "pending": "待审",
    "rejected": "未通过",
    "disabled": "已停用",
    "merged": "已合并",
}
OPERATORS = "系统管理员"
REPORT_STATUS_NAMES = {"accepted": "有效", "retracted": "已撤回", "corrected": "已更正"}
CASE_STATES = {"open": "待处理", "taken": "处理中", "closed": "已结案"}
USES = {"own": "自主", "pooled": "统筹"}
SOURCES = {"final": "定稿", "confirmed": "平台已核定", "reported": "上报"}
AGREEMENTS = {"agrees": "一致", "differs": "相差", "platform only": "只在平台", "reports only": "只在上报"}
_ACTS = {
    "team.registered": "代为登记",
    "team.active": "通过审核",
    "team.rejected": "驳回",
    "team.renamed": "改名",
    "team.moved": "移区",
    "team.reassigned": "改项目",
    "team.disabled": "停用",
    "team.enabled": "启用",
    "team.claimable": "发认领码",
    "team.merged": "合并",
    "team.described": "改队伍资料",
    "campaign.closed": "关闭活动",
    "campaign.frozen": "定稿",
    "campaign.opened": "重新开放",
    "figure.changed": "改定稿",
    "difference.kept": "保留上报",
    "difference.asked": "请队长核对",
    "difference.reopened": "撤销保留上报",
    "review.taken": "接手待办",
    "review.opened": "提交待核实的数字",
    "review.withdrawn": "撤回待核实的数字",
    "review.returned": "退回",
    "review.reopened": "撤销退回",
    "incident.taken": "接手案件",
    "incident.handed": "转案件",
    "incident.closed": "结案",
    "incident.reopened": "撤销结案",
    "captains.reminded": "催报",
    "captains.notified": "通知",
    "target.set": "定目标",
    "award.settled": "评定奖项",
    "role.offered": "邀请",
    "role.restored": "恢复角色",
    "contact.named": "登记单位人员",
    "contact.removed": "删除单位人员",
    "contact.invited": "发联络员绑定码",
    "team.restored": "撤销操作",
    "card.shown": "查看队长电话",
    "cards.shown": "查看一页队长电话",
    "book.taken": "导出",
    "role.granted": "接受任命",
    "role.revoked": "取消角色",
    "question.answered": "答复提问",
    "question.adopted": "收录答复",
    "question.withdrawn": "撤下答复",
    "delivery.resent": "重发通知",
    "report.accepted": "代报",
    "report.corrected": "更正上报",
    "report.retracted": "撤回上报",
    "report.restored": "恢复上报",
    "report.closed": "补记昨日累计",
    "report.moved": "改记上报",
}


def moment(local: datetime) -> str:
    """`2024-05-08 09:40`"""
    return f"{local:%Y-%m-%d %H:%M}"


def difference_state(matter: Difference) -> str:
    """What became of a difference from the platform."""
    waits = "已请队长核对" if matter.asked_at else "待处理"
    decided = {"adopted": "已采用平台", "kept": "保留上报", "settled": "已经一致", "merged": "随队伍合并"}
    return waits if matter.state == "open" else decided[matter.state]


def settlement_note(campaign: Campaign) -> str:
    """By what the figures of a settlement are reckoned: the file's own rule, and what it leaves open."""
    said = ["线上捐款以平台已核定的为准，没有核定的用上报数；配捐只列平台给到队伍的，不分摊。"]
    if threshold := campaign.policy.threshold:
        channels = "、".join(CHANNEL_NAMES[channel] for channel in threshold.channels)
        basis = "捐款和平台配捐" if threshold.basis == "donations and match" else "捐款"
        more = "以上（含）" if threshold.comparator == "at least" else "以上（不含）"
        projects = "、".join(campaign.project(project).name for project in threshold.projects)
        said.append(f"{projects}：按{channels}{basis}计，{threshold.amount_fen // 100}元{more}为自主，其余为统筹。")
        said += [f"{threshold.caveat}。"] if threshold.caveat else []
        said += [f"出处：{threshold.source}{HOW_SURE[threshold.status]}。"] if threshold.source else []
    return "".join(said)


def act_name(act: Act) -> str:
    return entry_name(act.entry)


def entry_name(entry: Entry) -> str:
    """What somebody of an office did, in a word or two."""
    return "采用平台" if entry.values.get("source") == FROM_PLATFORM else _ACTS.get(entry.kind, "其他改动")


def from_and_to(campaign: Campaign, act: Act) -> tuple[str, str]:
    """What an act changed: before and after, '' where it has no such thing."""
    kind = act.entry.kind
    if kind.startswith("report."):
        return _report(act)
    if kind in ("card.shown", "cards.shown", "team.claimable"):
        return "", ""
    if kind == "book.taken":
        return "", _taken(campaign, act.entry.values)
    if kind in ("role.granted", "role.revoked"):
        return "", _roles(campaign, act.entry.values.get("roles", ""))
    if about := _about(campaign, act.entry):
        return "", about
    told = zip(_told(campaign, act.before), _told(campaign, act.after), strict=True)
    changed = [(old, new) for old, new in told if old != new]
    return "；".join(old for old, _ in changed if old), "；".join(new for _, new in changed if new)


def _about(campaign: Campaign, entry: Entry) -> str:
    """What an act is about that changes nothing of a team: a matter's number, a target, an office, how many were told."""
    values = entry.values
    if number := values.get("case") or values.get("matter") or values.get("question"):
        return number
    if entry.kind == "target.set":
        place = place_in_full(campaign, campaign.region(values["region"])) if values["region"] else campaign.area
        sums = (("保", values.get("floor_fen")), ("争", values.get("hope_fen")))
        return f"{place}：" + "，".join(f"{word}{yuan(int(fen))}" for word, fen in sums if fen)
    if entry.kind == "role.offered":
        return office_name(campaign, _grant(f"{values['role']}:{values['region']}"))
    if entry.kind == "role.restored":
        return _roles(campaign, values["roles"])
    return f"{values['recipients']}位队长" if "recipients" in values else ""


def _told(campaign: Campaign, team: Team | None) -> tuple[str, ...]:
    """What acts change of a team, by name."""
    if team is None:
        return ("",) * 6
    place, project = place_in_full(campaign, campaign.region(team.region)), campaign.project(team.project).name
    return team.unit, place, project, STATUS_NAMES[team.status], team.village, team.link


def _report(act: Act) -> tuple[str, str]:
    """The total of the channel: for the newest report as the team had it, for one beneath as the entry tells it."""
    values = act.entry.values
    name = kind_name(values["said_as"], values["channel"])  # type: ignore[arg-type]  # written by us
    stood, stands = (
        Total(amount_fen=int(values[f"{which}amount_fen"]), donations=int(values[f"{which}donations"]))
        for which in ("previous_", "")
    )
    if act.entry.kind == "report.retracted":
        stood, stands = stands, stood
    channel: Channel = values["channel"]  # type: ignore[assignment]  # written by us
    if act.before and act.after and act.before.total(channel) != act.after.total(channel):
        stood, stands = act.before.total(channel), act.after.total(channel)
    return _figures(stood), f"{name} {_figures(stands)}"


def _figures(total: Total) -> str:
    return figures_said(total.amount_fen, total.donations or None)


def _taken(campaign: Campaign, values: Mapping[str, str]) -> str:
    where = campaign.region(values["region"]).name if values["region"] else "全部"
    return f"{where}，{values['teams']}支队伍，{values['form']}"


def _roles(campaign: Campaign, roles: str) -> str:
    return "、".join(office_name(campaign, _grant(stored)) for stored in roles.split())


def _grant(stored: str) -> Grant:
    """A role as the ledger writes it."""
    role, _, region = stored.partition(":")
    return Grant.model_validate({"role": role, "region": region})
