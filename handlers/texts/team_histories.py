"""What became of a team, a line for each entry of the ledger: when, what, from where to where, by whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.texts.figures import CHANNEL_NAMES, KIND_NAMES, figures_said
from handlers.texts.naming import POST_NAMES, minute_name, office_name, team_name
from handlers.texts.reviews import said
from handlers.texts.wording import echo
from storage.campaign_schema import Campaign
from storage.differences import FROM_PLATFORM
from storage.docket import review_of
from storage.ledger import Entry
from storage.models.people import Grant
from storage.models.teams import Team


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is told: when, what from where to where, by whom."""

    when: str
    what: str
    who: str


def history(
    campaign: Campaign, team: Team, confirmed: Sequence[str], entries: Sequence[Entry], names: Mapping[str, str]
) -> list[str]:
    """The whole of it under the team's name, newest first, beneath what the platform has `confirmed`; `names` as for a
    line."""
    told = (history_line(campaign, team, entry, names) for entry in entries)
    return [f"{team_name(team)} 明细（新的在前）：", *confirmed, *told]


def history_line(campaign: Campaign, team: Team, entry: Entry, names: Mapping[str, str]) -> str:
    """`5月8日09:40 累计（线上） 9,000.00元 → 12,345.67元 321人次（永善县协调员刘主任）`

    `names`: what people (ids) of offices are called; a captain is given none.
    """
    line = history_parts(campaign, team, entry, names)
    return f"{line.when} {line.what}（{line.who}）"


def history_parts(campaign: Campaign, team: Team, entry: Entry, names: Mapping[str, str]) -> Line:
    """The same in its parts."""
    who = f"{_who(campaign, team, entry)}{echo(names.get(entry.by, ''))}"
    return Line(minute_name(campaign.local(entry.at)), _what(campaign, entry), who)


def not_hers_to_see(called: str, *, role: bool) -> str:
    if role:
        return f"辖区里没有“{echo(called, 20)}”，不能查看它的明细。发“队伍”看辖区的队伍。"
    return f"“{echo(called, 20)}”不是您的队伍，不能查看它的明细。发“明细”看自己的队伍。"


def _what(campaign: Campaign, entry: Entry) -> str:
    known = _KINDS.get(entry.kind)
    return known(campaign, entry) if known else "有改动"


def _report(verb: str) -> Callable[[Campaign, Entry], str]:
    """What a report changed. Of a correction only what it led to is told: its entry keeps what stood before the report
    that it put right, and not that report's own figure."""

    def told(campaign: Campaign, entry: Entry) -> str:
        values = entry.values
        before = figures_said(int(values["previous_amount_fen"]), int(values["previous_donations"]) or None)
        after = figures_said(int(values["amount_fen"]), int(values["donations"]) or None)
        how = f"{KIND_NAMES[values['said_as']]}（{CHANNEL_NAMES[values['channel']]}）"  # type: ignore[index]  # written by us
        reported_at = campaign.local(datetime.fromisoformat(values["reported_at"]))
        if entry.kind == "report.retracted" and "matter" in values:
            return f"{values['matter']} 的通过撤销了，重新等协调员核实：{how} {after} → {before}"
        if entry.kind == "report.retracted" and "difference" in values:
            return f"{values['difference']} 的采用平台撤销了：线上 {after} → {before}"
        if entry.kind == "report.retracted":
            return f"{verb}{minute_name(reported_at)}的{how} {after} → {before}"
        if "replaces" in values:
            return f"{verb}{how} 改为 {after}{_decides(values)}"
        return f"{verb}{how} {before} → {after}{_decides(values)}"

    return told


def _decides(values: Mapping[str, str]) -> str:
    """What a report decides besides being booked."""
    if "matter" in values:
        return f"，{values['matter']} 通过"
    if values.get("source") == FROM_PLATFORM:
        return f"，采用平台 {values['difference']}"
    return f"，与平台一致，{values['difference']} 了结" if "difference" in values else ""


def _waits(_campaign: Campaign, entry: Entry) -> str:
    review = review_of(entry)
    return f"{review.number} 等协调员核实：{said(review)}，没有计入"


def _of_matter(what: str) -> Callable[[Campaign, Entry], str]:
    return lambda _campaign, entry: f"{entry.values['matter']} {what}"


def _fixed(text: str) -> Callable[[Campaign, Entry], str]:
    return lambda _campaign, _entry: text


_KINDS: Mapping[str, Callable[[Campaign, Entry], str]] = {
    "team.registered": _fixed("登记"),
    "team.active": _fixed("通过审核"),
    "team.rejected": _fixed("没有通过审核"),
    "team.claimed": _fixed("队长认领"),
    "team.rekeyed": _fixed("名称索引更新"),
    "team.heard": _fixed("没有新增"),
    "team.renamed": lambda _, entry: f"改名为“{echo(entry.values['unit'])}”",
    "team.moved": lambda campaign, entry: f"移到{campaign.region(entry.values['region']).name}",
    "team.reassigned": lambda campaign, entry: f"改到项目{campaign.project(entry.values['project']).name}",
    "team.disabled": _fixed("停用"),
    "team.enabled": _fixed("启用"),
    "team.merged": lambda _, entry: (
        f"#{entry.team} 并入 #{entry.values['into']}，合并后累计 "
        f"{figures_said(int(entry.values['amount_fen']), int(entry.values['donations']) or None)}"
    ),
    "team.claimable": _fixed("发认领码"),
    "team.described": _fixed("改队伍资料"),
    "team.restored": _fixed("撤销上一次操作"),
    "captain.left": _fixed("队长离开"),
    "contact.named": lambda _, entry: f"登记{POST_NAMES[entry.values['post']]}",  # type: ignore[index]  # written by us
    "contact.removed": lambda _, entry: f"删除{POST_NAMES[entry.values['post']]}",  # type: ignore[index]  # written by us
    "contact.invited": _fixed("发联络员绑定码"),
    "report.accepted": _report(""),
    "report.corrected": _report(""),
    "report.retracted": _report("撤回"),
    "report.restored": _report("恢复"),
    "report.closed": _report(""),
    "report.moved": _report("改记到本队 "),
    "review.opened": _waits,
    "review.returned": _of_matter("退回，没有计入"),
    "review.withdrawn": _of_matter("撤回，没有计入"),
    "review.reopened": _of_matter("重新等协调员核实"),
    "difference.kept": _of_matter("保留上报"),
    "difference.asked": _of_matter("请队长核对"),
    "difference.reopened": _of_matter("重新等协调员处理"),
    "platform.imported": _fixed("平台数据与上报相差"),
    "figures.settled": _fixed("定稿，按平台已核定的数字"),
    "figure.changed": _fixed("定稿数字由组织方修改"),
}
"""What each kind of entry is called; what is not here is told as a change."""


def _who(campaign: Campaign, team: Team, entry: Entry) -> str:
    """By office: the captain, a coordinator's office, or the system."""
    if office := entry.values.get("office"):
        role, _, region = office.partition(":")
        return office_name(campaign, Grant(role=role, region=region))
    if entry.by in team.captains:
        return "队长"
    return "系统" if entry.by in ("upgrade", "cli", "operator") else "协调员或以前的队长"
