"""How teams, regions, contacts, days and hours are named in a sentence."""

from datetime import date, datetime, time

from handlers.texts.wording import echo
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Grant, Post, Role
from storage.models.teams import Team

ROLE_NAMES: dict[Role, str] = {"coordinator": "协调员", "organizer": "组织方"}


POST_NAMES: dict[Post, str] = {"leader": "分管领导", "liaison": "联络员", "watch": "舆情专人"}


def office_name(campaign: Campaign, grant: Grant) -> str:
    """An office as a captain is told of it: 永善县协调员, 昭通市组织方."""
    places = (place_in_full(campaign, region) for region in campaign.regions if region.id == grant.region)
    return f"{next(places, campaign.area or campaign.short)}{ROLE_NAMES[grant.role]}"


def colleague_name(campaign: Campaign, grant: Grant, name: str) -> str:
    """Somebody of an office as colleagues speak of her: 永善县协调员刘主任. Never in a captain's ear."""
    return f"{office_name(campaign, grant)}{echo(name)}"


def team_name(team: Team) -> str:
    return f"{echo(team.unit)}（#{team.code}）"


def where_it_went(team: Team) -> str:
    """Behind what still waits for a team that is off the lists."""
    return {"merged": f"｜已并入 #{team.into}", "disabled": "｜已停用"}.get(team.status, "")


def team_line(team: Team, project: str) -> str:
    return f"#{team.code} {echo(team.unit)}·{project}"


def region_word(campaign: Campaign) -> str:
    """What a region of the first level is called, by the campaign's level."""
    return {"省": "市州", "区": "街道"}.get(campaign.level, "县区")


def place_in_full(campaign: Campaign, region: Region) -> str:
    """With the place above it: 内江市市中区."""
    above = campaign.region(region.parent).name if region.parent else ""
    return f"{above}{region.name}"


def duty_phone(campaign: Campaign) -> str:
    """Whom to ring: the first public contact that has a telephone; '' where none has."""
    contact = next((c for c in campaign.contacts if c.public and c.phones), None)
    return f"{contact.office} {contact.name} {contact.phones[0]}" if contact else ""


def whom_to_call(campaign: Campaign) -> str:
    """Whom to ask when the bot cannot help: the campaign's first public contact."""
    contact = next((c for c in campaign.contacts if c.public), None)
    return " ".join([contact.office, contact.name, *contact.phones[:1]]) if contact else "主办单位"


def kept_until(campaign: Campaign) -> str:
    """How long what a captain leaves of herself is kept."""
    days = campaign.privacy.keep_people_days
    return f"姓名、电话只供主办单位联系，活动关闭{days}天后删除，也可随时发“注销”删除。"


def way_to_a_team(campaign: Campaign, registers: bool) -> str:
    """How somebody comes to lead a team, before the end of registrations and after it."""
    register = "发送“组队 单位名称 县区 项目”登记；" if registers else "组队已截止，确需参加的请协调员补录；"
    return f"{register}单位已有队伍的，向协调员要认领码（{whom_to_call(campaign)}），再发送“认领 认领码 姓名 电话”。"


def how_to_have_it_again(campaign: Campaign | None) -> str:
    """The way to a team that has no captain: the claim code, and who hands it out."""
    whom = whom_to_call(campaign) if campaign else "主办单位"
    return f"要接手请向协调员要认领码（{whom}），再发送“认领 认领码 姓名 电话”。"


def headed(campaign: Campaign, several: bool, text: str) -> str:
    """The campaign is named where the person is in more than one."""
    return f"{text}\n活动：{campaign.short}" if several else text


def day_name(day: date) -> str:
    return f"{day.month}月{day.day}日"


def minute_name(at: datetime) -> str:
    return f"{day_name(at)}{at:%H:%M}"


def hour_name(at: time) -> str:
    return f"{at.hour}点" if not at.minute else f"{at:%H:%M}"
