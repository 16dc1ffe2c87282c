"""The tables of a region, asked for in a message: that they are being made, where they are, or who can make them."""

from collections.abc import Sequence

from handlers.texts.naming import minute_name, place_in_full, whom_to_call
from handlers.texts.wording import echo, listed
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.disclosures import Bound
from storage.made_books import LASTS, MadeBook

FORM_NAMES: dict[Bound, str] = {"xlsx": "电子表格", "csv": "CSV文件"}


def _where(campaign: Campaign, region: str) -> str:
    return place_in_full(campaign, campaign.region(region)) if region else campaign.area


def is_made(campaign: Campaign, book: MadeBook, is_new: bool) -> str:
    """`is_new`: she asked just now; else it is the one that still waits."""
    where, form = _where(campaign, book.region), FORM_NAMES[book.form]
    columns = f"，按“{echo(book.choice)}”的列" if book.choice else ""
    head = "好的，正在生成" if is_new else "上一份还在生成，请等它好了再要下一份："
    return (
        f"{head}{echo(where)}的表格（{form}{columns}）。好了会告诉您，一般几分钟。\n"
        "里面有姓名和电话，只能登录工作台打开，请勿转发。"
    )


def ready(campaign: Campaign, book: MadeBook, address: str) -> str:
    """`address`: where she opens it."""
    hours = int(LASTS.total_seconds()) // 3600
    cut_off = f"截至{minute_name(campaign.local(book.made_at))}，" if book.made_at else ""
    sealed = f"，账本指纹 {book.fingerprint}" if book.fingerprint else ""
    return (
        f"{echo(_where(campaign, book.region))}的表格好了：{cut_off}{book.teams}支队伍，{book.reports}条报数{sealed}。\n"
        f"先发“工作台”登录，再打开（{hours}小时内有效）：\n{address}\n"
        "里面有姓名和电话，请妥善保管，请勿转发。这次导出已记入操作记录。"
    )


def by_the_operator(campaign: Campaign, region: Region | None, form: Bound, choice: str) -> str:
    """Where nothing can be opened by a link: who makes it, and what is seen at once."""
    where = echo(region.name if region else campaign.area)
    columns = f"，列选“{echo(choice)}”" if choice else ""
    named = f"{columns}，范围填“{where}”" if region else columns
    return (
        f"{where}的表格里有姓名和电话，不能直接发到微信里。这里还没有网页工作台，请系统管理员在服务器上用导出命令生成"
        f"（格式选{FORM_NAMES[form]}{named}），当面交给您，请勿转发。\n"
        f"现在就能看的：发“队伍{f' {where}' if region else ''}”看各队，发“战报”看合计，发“接龙{f' {where}' if region else ''}”拿可以贴到群里的文字。"
    )


def which_region(regions: Sequence[Region]) -> str:
    return f"您负责几个地方，请说导出哪一个，例如“导出 {echo(regions[0].name)}”：{listed([r.name for r in regions])}。"


def of_coordinators(campaign: Campaign) -> str:
    return (
        f"这是协调员的功能，您现在不能使用：辖区的表格里有姓名和电话。要表格请找{whom_to_call(campaign)}。\n"
        "您自己队的现在就能看：发“明细”看每次报数，发“我的队伍”看合计；看各队名次发“排行”。"
    )


def how_to_ask(campaign: Campaign) -> str:
    example = next((region.name for region in campaign.regions), campaign.area)
    return f"没有看懂要导出哪里。请发“导出”（您的整个辖区），或“导出 {echo(example)}”。个人的捐款明细没有，也不能导出。"
