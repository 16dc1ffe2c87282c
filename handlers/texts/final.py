"""The final report, part by part."""

from collections.abc import Sequence
from datetime import datetime

from handlers.texts.cases import tally
from handlers.texts.figures import yuan
from handlers.texts.naming import minute_name, whom_to_call
from storage.campaign_schema import Campaign
from storage.figures import Figures
from storage.matters import Incident


def head(campaign: Campaign, cut_off: datetime) -> str:
    return f"【{campaign.short}·总结】截至{minute_name(campaign.local(cut_off))}"


def totals(figures: Figures) -> str:
    offline = f"（其中线下 {yuan(figures.offline_fen)}）" if figures.offline_fen else ""
    return f"累计 {yuan(figures.amount_fen)}{offline}\n{figures.donations:,}人次，{figures.teams:,}支队伍"


def cases(seen: Sequence[Incident]) -> str:
    return f"{tally(seen)}。"


def notes(campaign: Campaign) -> str:
    counted = (
        "口径：由各队上报，线上线下合计，不含配捐，以平台最终数据为准。"
        if campaign.progress == "money"
        else "口径：按各地上报的累计件数，不统计筹款。"
    )
    return f"{counted}\n对数字有疑问请联系{whom_to_call(campaign)}。谢谢大家，捐赠始终自愿。"
