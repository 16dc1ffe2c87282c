"""Roles: inviting, taking away and giving back, who has which, and what each may do."""

from collections.abc import Sequence

from handlers.texts.naming import colleague_name, day_name, office_name, region_word, team_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.models.people import Grant
from storage.models.teams import Team
from storage.roles import Colleague

NAMED = 5
"""How many teams a line names."""


def organizers_only(campaign: Campaign) -> str:
    return (
        f"邀请和取消角色由组织方办理，您现在不能使用，请联系{whom_to_call(campaign)}。"
        "请同事关注，发“关注码”；看自己能做什么，发“我的权限”。"
    )


def how_to_invite(campaign: Campaign) -> str:
    first = campaign.regions[0].name if campaign.regions else campaign.area
    return (
        f"请说清{region_word(campaign)}和角色，称呼写在最后，例如：邀请 {first} 协调员 刘主任\n"
        f"管全部{region_word(campaign)}的，发：邀请 全部 组织方 王主任"
    )


def beyond_your_region(campaign: Campaign, grant: Grant) -> str:
    where = campaign.region(grant.region).name if grant.region else f"全部{region_word(campaign)}"
    return (
        f"{where}不在您作为组织方的辖区，不能邀请或取消那里的角色。请上级组织方办理，或联系{whom_to_call(campaign)}。"
    )


def invited(campaign: Campaign, grant: Grant, name: str, code: str, address: str) -> str:
    picture = f"或者让本人扫这里的码（打开后长按）：\n{address}\n" if address else ""
    return (
        f"已邀请 {colleague_name(campaign, grant, name)}\n请只转给本人，24小时内在本公众号发下面这一行：\n"
        f"绑定 {code}\n{picture}只能用一次；没有用上的，再邀请一次就好。"
    )


def ask_to_bind(campaign: Campaign, grant: Grant, name: str) -> str:
    """A scan is no yes: what the code would make of her is asked once."""
    return f"邀请您在“{campaign.short}”担任{colleague_name(campaign, grant, name)}。要绑定吗？{CONFIRM}"


def list_head(campaign: Campaign, of: int) -> str:
    return f"【{campaign.short}·角色】您辖区内共{of}个"


def colleague_line(campaign: Campaign, number: int, colleague: Colleague) -> str:
    """`3. 永善县协调员刘主任，4月20日起，王主任邀请，最近来过4月28日`"""
    since = f"，{day_name(campaign.local(colleague.since))}起" if colleague.since else ""
    by = f"，{invited_by(colleague)}邀请" if colleague.since else ""
    seen = f"，最近来过{day_name(colleague.seen)}" if colleague.seen else ""
    return f"{number}. {colleague_name(campaign, colleague.grant, colleague.name or '（没有留称呼）')}{since}{by}{seen}"


def invited_by(colleague: Colleague) -> str:
    """The name of who invited her; a stranger's id is nobody's name."""
    if not colleague.invited_by:
        return "管理员"
    return "同事" if colleague.invited_by.isalnum() and colleague.invited_by.isascii() else echo(colleague.invited_by)


def how_to_take_away() -> str:
    return "要取消哪一个，发“取消角色 行号”或“取消角色 称呼”，后面可以写原因。"


def nobody_so(said: str) -> str:
    return f"您辖区的名单里没有“{echo(said, 20)}”，不能取消。发“取消角色”看名单。"


def last_of_your_own() -> str:
    return "这是您自己最后一个组织方角色，不能自己取消。请另一位组织方办理；要离开请发“注销”。"


def changed_meanwhile() -> str:
    return "角色刚刚有变动，这次没有改成，不能按原来的名单办。发“取消角色”看现在的名单。"


def cannot_be_given_back() -> str:
    return "本人已经离开，或已过48小时，不能再撤销。需要时请重新邀请。"


def taken(who: str, *, told: bool) -> str:
    return f"已取消 {who}的角色\n{'已通知本人。' if told else ''}以前办的事都保留。如有误，48小时内发“撤销”退回。"


def told_taken(campaign: Campaign, by: str, grant: Grant, reason: str) -> str:
    because = f"原因：{echo(reason)}。" if reason else ""
    return (
        f"{by}取消了您在“{campaign.short}”的角色：{office_name(campaign, grant)}。{because}"
        f"您以前办的事都保留，辛苦了。有疑问请联系{whom_to_call(campaign)}。"
    )


def what_was_taken(who: str) -> str:
    return f"取消角色 {who}"


def ask_give_back(who: str) -> str:
    return f"您最近一次操作：{what_was_taken(who)}\n撤销后角色恢复到取消之前\n要撤销吗？{CONFIRM}"


def given_back(who: str) -> str:
    return f"已撤销 取消角色，{who}的角色恢复到取消之前。已通知本人。"


def told_given_back(campaign: Campaign, by: str, grant: Grant) -> str:
    return f"{by}恢复了您在“{campaign.short}”的角色：{office_name(campaign, grant)}。发“我的权限”看能做什么。"


def rights_head(campaign: Campaign, name: str) -> str:
    return f"【{campaign.short}·我的权限】" + (f"{echo(name)}，您好" if name else "")


def rights(head: str, words: Sequence[str]) -> str:
    """`head`: as whom; then the words by which it is done."""
    return "\n".join([f"▍{head}", *(f"· {word}" for word in words)])


def rights_of_all() -> str:
    return "人人可以：报名组队、问规则、看战报，捐赠坚持自愿"


def rights_of_captain(teams: Sequence[Team]) -> str:
    named = "、".join(team_name(team) for team in teams[:NAMED])
    more = f"等{len(teams)}支" if len(teams) > NAMED else ""
    return f"您是队长：{named}{more}。为这些队伍报数、更正、改名、加队长"


def rights_of_coordinator(campaign: Campaign, grants: Sequence[Grant]) -> str:
    offices = "、".join(office_name(campaign, grant) for grant in grants)
    return f"您是{offices}。查看并代办辖区内的队伍，每一次都会告诉队长；辖区外的不能改"


def rights_of_organizer() -> str:
    return "您是组织方，还可以在辖区内邀请和取消角色"


def more_rights(campaign: Campaign) -> str:
    return f"其他事请联系{whom_to_call(campaign)}。有邀请码或认领码，发“绑定 邀请码”“认领 认领码”。"
