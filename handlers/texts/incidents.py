"""A complaint: asked for, entered, told to those who look after it."""

from handlers.texts.naming import duty_phone, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from storage.campaign_schema import Campaign
from storage.matters import Incident


def ask_incident() -> str:
    return "请把情况说清楚：什么时间、在哪里、谁、怎么回事（请先保留截图）。离开请说“算了”。"


def if_it_is_a_complaint() -> str:
    """Beside an answer to something that may be a complaint."""
    return "如果是要反映问题，请说“举报”加上情况，会登记并转给负责的人。"


def call_about_case(campaign: Campaign) -> str:
    phone = duty_phone(campaign)
    whom = f"打值班电话 {phone}" if phone else f"联系 {whom_to_call(campaign)}"
    return f"案件的进展和撤销不能在这里办理，请{whom}，报案件编号。"


def ask_incident_yes(campaign: Campaign, case: Incident, anyone_to_tell: bool) -> str:
    doing = "将登记并马上通知协调员" if anyone_to_tell else "将登记，目前没有能通知到的协调员"
    phone = duty_phone(campaign)
    urgent = f"情况紧急请同时拨打 {phone}。\n" if phone else ""
    kept = "不透露是谁反映的，也不告诉被反映的单位" if case.accused else "不透露是谁反映的"
    return f"{doing}（{kept}）：\n“{echo(case.text, 300)}”\n{urgent}{CONFIRM}"


def incident_opened(campaign: Campaign, case: Incident) -> str:
    phone = duty_phone(campaign)
    directly = "打电话" if phone else f"联系 {whom_to_call(campaign)}"
    reached = f"已通知 {case.told} 位协调员或组织方" if case.told else f"目前没有能通知到的协调员，请直接{directly}"
    duty = f"值班电话：{phone}。" if phone else ""
    return (
        f"已登记 案件编号 {case.number}（{campaign.short}）。\n{reached}。\n{duty}请保留截图，不要转发未经核实的内容。"
    )


def nothing_reported() -> str:
    return "好的，没有登记。想问的可以直接问；要反映情况再发“举报”加上情况。"
