"""The code for following the account, and the words where there is none."""

from handlers.texts.naming import team_name
from storage.campaign_schema import Campaign
from storage.models.teams import Team


def of_captains_and_coordinators() -> str:
    return "关注码由队长、协调员和组织方取用，这里不能给您。请人关注，可以转发公众号名片；要捐款的链接，发送“二维码”。"


def where_it_is(campaign: Campaign, team: Team | None, address: str) -> str:
    return (
        f"{page_title(campaign, team)}：\n{address}\n"
        "打开后长按图片，可以保存、转发。扫码关注后直接到这里，一周之内都有效。关注和捐赠都坚持自愿。"
    )


def words_instead(campaign: Campaign, team: Team | None) -> str:
    """The account lacks codes with a scene: what people who follow it by its name type."""
    project = next((p for p in campaign.projects if team and p.id == team.project), None)
    then = f"，再发“二维码 {project.name}”看这支队伍的项目" if project else ""
    return (
        "本公众号不能生成直达的关注码。请人按名称搜索关注，或转发公众号名片；"
        f"关注后发“活动 {campaign.short}”{then}。关注和捐赠都坚持自愿。"
    )


def page_title(campaign: Campaign, team: Team | None) -> str:
    """What stands over the picture on its page."""
    return f"{team_name(team) if team else campaign.short} 的关注码"
