"""The words on posters, cards and certificates, and what is said where a picture is asked for."""

from handlers.bulletins.edition import Edition
from handlers.texts import bulletin
from handlers.texts.figures import yuan
from handlers.texts.wording import marked
from storage.campaign_document import Threshold
from storage.campaign_schema import Campaign


def title(campaign: Campaign) -> str:
    return marked(campaign.short) if campaign.practice else campaign.short


def issue(edition: Edition) -> str:
    number = f"战报 第{edition.issue}期" if edition.issue else "战报"
    return f"{number} · 更正" if edition.corrects else number


def until(moment: str) -> str:
    return f"截至{moment}"


def total_word() -> str:
    return "累计筹款"


def moves_note(edition: Edition) -> str:
    return f"▲▼ 与第{edition.digest.since}期相比" if edition.digest.since else ""


def leaders_title(places: int) -> str:
    return f"前{places}名" if places else "队伍"


def no_figures_yet() -> str:
    return "还没有上报的数字"


def only_totals() -> str:
    return "本次活动不公布排行"


def reached_word(threshold_fen: int) -> str:
    return f"满{threshold_fen // 100}元队伍"


def board_code() -> str:
    return "扫码看实时榜"


def project_code() -> str:
    return "扫码看项目"


def offline(fen: int) -> str:
    return f"其中线下 {yuan(fen)}"


def not_ranked() -> str:
    return "排名不分先后"


def grown_note(edition: Edition) -> str:
    return f"+ 为{bulletin.growth_word(edition)}"


def notes(campaign: Campaign) -> list[str]:
    """That giving is voluntary, then what the figures are."""
    if campaign.progress == "items":
        return bulletin.bulletin_of_items(campaign).splitlines()
    return [f"捐赠自愿：{campaign.policy.voluntary}", *bulletin.figures_in_two(campaign)]


def host(campaign: Campaign) -> str:
    """Whose drive it is: the first organiser's name, and that there are more."""
    first, *others = campaign.organisers
    return f"{first.name}等主办" if others else f"{first.name}主办"


def card_thanks() -> str:
    return "谢谢每一份心意。捐不捐、捐多少，都由各人自己定。"


def past_threshold(threshold: Threshold) -> str:
    return f"已到{threshold.amount_fen // 100}元线：{threshold.above}。"


def certificate_name() -> str:
    return "感谢状"


def certificate_says(campaign: Campaign) -> str:
    return f"感谢贵单位在{campaign.name}中自愿组队，把大家的心意汇到了一起。"


def certificate_closes() -> str:
    return "每一份善意都值得记住。谨此致谢。"


def certificate_about() -> list[str]:
    return ["捐赠坚持自愿。数字由队伍上报，截至当日，以平台最终数据为准", "本件为致谢，不作捐赠票据"]
