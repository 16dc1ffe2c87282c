"""Final figures: how an organizer puts one right after the freeze, and what the captain is told."""

from handlers.texts.figures import CHANNEL_NAMES, figures_said, total_of
from handlers.texts.naming import team_name, whom_to_call
from handlers.texts.wording import echo
from storage.campaign_schema import Campaign
from storage.freezing import Final
from storage.models.teams import Team

EXAMPLE = "改定稿 0012 3200元 32人次 平台复核有误"


def changed(before: Team, after: Team, final: Final, reason: str) -> str:
    stood, stands = before.standing(final.channel), after.standing(final.channel)
    told = "已通知队长。" if after.captains else ""
    return (
        f"已更正 {team_name(after)} 的定稿数字：{CHANNEL_NAMES[final.channel]}{total_of(stood)} → {total_of(stands)}\n"
        f"原因：{echo(reason)}。{told}如有误，发“撤销”退回。"
    )


def told_changed(office: str, team: Team, final: Final, reason: str) -> str:
    reached = figures_said(final.amount_fen, final.donations or None)
    return (
        f"{office}更正了您的队伍 {team_name(team)} 的定稿数字：{CHANNEL_NAMES[final.channel]}"
        f"{total_of(team.standing(final.channel))} → {reached}。原因：{echo(reason)}。"
    )


def how_to() -> str:
    return f"请带上队伍编号、正确的累计和原因，例如：{EXAMPLE}（线下的在金额前写“线下”）"


def reason_needed(team: Team) -> str:
    return f"改定稿要写原因，{team_name(team)} 没有改动。例如：改定稿 {team.code} 3200元 32人次 平台复核有误"


def not_frozen_yet(team: Team) -> str:
    return f"活动还没有定稿，不能用“改定稿”。现在改数字请发“更正 {team.code} 正确的累计”。"


def by_organizers(campaign: Campaign) -> str:
    return f"“改定稿”由组织方办理，您不能使用。有疑问请联系{whom_to_call(campaign)}。"
