"""Awards: the rule in words, the list that it proposes, and what was settled."""

from collections.abc import Sequence

from handlers.texts.figures import yuan
from handlers.texts.naming import day_name, minute_name, whom_to_call
from handlers.texts.wording import CONFIRM, SHORT_BYTES, echo, listed, within
from storage.awards import Laureate, Settled
from storage.campaign_extras import Award
from storage.campaign_schema import Campaign

_OF = {"teams": "队伍", "units": "单位", "regions": "县区"}
_BY = {"amount": "筹款总额", "donations": "捐赠人次", "growth": "当日新增"}


def rule(campaign: Campaign, award: Award) -> str:
    """`单位按筹款总额，满5,000.00元，各县区前3名`"""
    said = [f"{_OF[award.of]}按{f'{day_name(award.day)}' if award.day else ''}{_BY[award.by]}"]
    if award.least is not None:
        said.append(f"满{_figure(award, award.least)}")
    if award.below is not None:
        said.append(f"不足{_figure(award, award.below)}")
    if award.top is not None:
        said.append(f"{'各县区' if award.each == 'region' else ''}前{award.top}名（并列都算）")
    if award.regions:
        said.append("限" + "、".join(campaign.region(region).name for region in award.regions))
    if award.projects:
        said.append("限" + "、".join(campaign.project(project).name for project in award.projects))
    return "，".join(said)


def overview(campaign: Campaign, rows: Sequence[tuple[Award, int, Settled | None]]) -> str:
    """Every award: its rule, how many it proposes, whether its list is settled."""
    lines = [
        f"{award.name}：{rule(campaign, award)}。{_state(campaign, proposed, settled)}"
        for award, proposed, settled in rows
    ]
    return "\n".join([*lines, f"看名单发“奖项 {rows[0][0].name}”。名单只有单位、队伍和县区，没有个人。"])


def _state(campaign: Campaign, proposed: int, settled: Settled | None) -> str:
    if settled is None:
        return f"建议{proposed}个，还没有评定"
    return f"{minute_name(campaign.local(settled.at))}已评定{len(settled.laureates)}个"


def none_here(campaign: Campaign) -> str:
    return f"“{campaign.short}”没有设奖项。要设奖项，请主办单位写进活动文件（{whom_to_call(campaign)}）。"


def no_such_award(said: str, names: Sequence[str]) -> str:
    return f"没有奖项“{echo(said, 20)}”，不能查看。有：{'、'.join(names)}"


def list_head(campaign: Campaign, award: Award, settled: Settled | None, count: int) -> str:
    state = f"{minute_name(campaign.local(settled.at))}已评定" if settled else "建议名单，还没有评定"
    return f"{award.name}（{rule(campaign, award)}）{state}，共{count}个："


def list_line(campaign: Campaign, award: Award, each: Laureate) -> str:
    code = f"（#{each.code}）" if each.code else ""
    place = "" if award.of == "regions" else f" {campaign.region(each.region).name}"
    return f"第{each.rank}名 {echo(each.name)}{code}{place} {_figure(award, each.value)}"


def list_tail(award: Award, *, organizes: bool, settled: bool) -> str:
    if not organizes:
        return ""
    again = "重新评定" if settled else "评定"
    return f"{again}请发“定奖 {award.name}”；有不合适的发“定奖 {award.name} 去掉 编号或名称”。"


def ask_settle(campaign: Campaign, award: Award, laureates: Sequence[Laureate], left_out: Sequence[Laureate]) -> str:
    """The first of the list as far as a reply holds them, and who is left out."""
    without = f"去掉：{listed([echo(each.name) for each in left_out])}" if left_out else ""
    room = SHORT_BYTES - len(without.encode())
    shown = within([list_line(campaign, award, each) for each in laureates], room)
    rest = f"……全部请发“奖项 {award.name}”" if len(shown) < len(laureates) else ""
    lasts = "评定后名单固定，数字再变也不变；要改再发一次“定奖”。"
    head = f"评定“{award.name}”：共{len(laureates)}个"
    return "\n".join(line for line in (head, *shown, rest, without, lasts, CONFIRM) if line)


def settled(award: Award, done: Settled) -> str:
    return (
        f"已登记 {award.name}：{len(done.laureates)}个。名单在“导出”的表格“表彰”里；要改再发一次“定奖 {award.name}”。"
    )


def left_out_unknown(award: Award, said: str) -> str:
    return f"“{award.name}”的建议名单里没有“{echo(said, 20)}”，不能去掉。请用编号或名单上的名称，几个用顿号隔开。"


def nobody(award: Award) -> str:
    return f"“{award.name}”现在没有符合的，不能评定。"


def by_organizers(campaign: Campaign) -> str:
    return f"评定奖项由负责全部县区的组织方办理，您现在不能使用。有疑问请联系{whom_to_call(campaign)}。"


def changed_meanwhile(award: Award) -> str:
    return f"“{award.name}”的名单刚刚有变动，这次没有评定。发“奖项 {award.name}”看看再来。"


def how_to() -> str:
    return "请带上奖项的名称，例如：定奖 优秀组织奖。有哪些奖项发“奖项”。"


def _figure(award: Award, value: int) -> str:
    return f"{value}人次" if award.by == "donations" else yuan(value)
