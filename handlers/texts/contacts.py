"""Whom to ask, and the projects' links."""

from collections.abc import Sequence

from handlers.texts.naming import team_name
from handlers.texts.wording import echo
from storage.campaign_document import Contact
from storage.campaign_schema import Campaign
from storage.models.teams import Team


def contact_list(contacts: Sequence[Contact], unheard: str = "") -> str:
    head = f"文件没有列出“{echo(unheard, 20)}”的联系人，已公布的有：\n" if unheard else ""
    return head + "\n\n".join(_contact_card(contact) for contact in contacts)


def only_numbers(contacts: Sequence[Contact]) -> str:
    """What stands beside name, office and number is in no notice."""
    return f"除了姓名、单位和电话，别的文件未规定，请打电话问：\n{contact_list(contacts)}"


def no_contacts(campaign: Campaign) -> str:
    return f"{campaign.short}的文件未规定联系人，请问主办单位：{campaign.organisers[0].name}。"


def _contact_card(contact: Contact) -> str:
    duties = f"\n负责：{'、'.join(contact.duties)}" if contact.duties else ""
    return f"{contact.name}（{contact.office}）{duties}\n电话：{_phones(contact)}"


def reachable(contact: Contact) -> str:
    return f"{contact.office}{contact.name}，{_phones(contact)}"


def _phones(contact: Contact) -> str:
    return "，".join(contact.phones) or "文件未规定电话"


def project_link(project: str, link: str) -> str:
    return f"{project}：{link or '二维码暂未提供'}"


def own_link(team: Team) -> str:
    return f"{team_name(team)} 的链接：{team.link}"


def links_missing(contact: Contact | None) -> str:
    whom = f"，或联系{reachable(contact)}" if contact else ""
    return f"主办单位还没有把二维码图片或链接交给我，请看通知原件{whom}。"
