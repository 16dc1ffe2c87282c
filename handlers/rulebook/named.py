"""What a question is about by what it names: a contact, a project, an amount, a scheme. Decided before resemblance."""

import re
from decimal import Decimal

from handlers.language.late import pattern
from handlers.language.numerals import NUMERAL, close_up, read_numeral
from handlers.language.text import is_question
from handlers.rulebook.phrasing import plain
from storage.campaign_document import Contact, Rule
from storage.campaign_schema import Campaign

_WHOM = pattern("电话|联系|找谁|找哪|负责人|打给|问谁|谁负责|谁管|打哪|对接")
_TITLE = "(?:主任|老师|科长|局长|会长|秘书长|同志|姐|哥|工(?!作))"
_SOMEONE_ELSE = pattern("队长|捐款人|个人|家长|职工|私人|冒充|自称|转账")
_BESIDE_A_NUMBER = pattern(
    "地址|在哪(?!个单位)|哪[条栋层座]|几[楼栋层]|怎么走|上班|下班|几点|办公时间|微信|邮箱|传真|职务|多大|[是当]什么[官职]"
    "|是(?:不是)?个?副?(?:[科局处股会]长|主任|书记)[吗么不?]"
)
_SHORT_OFFICES = {"红十字会": "红会"}
_OF_ANOTHER_LEVEL = pattern("(?:省|中国|国家|全国|总会|[县区州镇乡]|街道|自治区|(?<!本)单位|学校|学院|大学)[级里的]?$")
"""What stands before the name of an office of another level: 省红会, 县民政局."""

_RAISED = pattern("筹|募|凑|的钱|满|达到|不足|没到")
_WHOSE = pattern(
    "自己|自主|支配|归|够|达标|统筹|怎么用|可以用|能用|咋个用|去哪|拿去|拿来|还是我|门槛|怎么办|怎么处理|咋办|"
    "安排|说了算|谁用|上交|谁主张|给.{0,6}用|留给"
)
_ASIDE = pattern(
    "多久|什么时[候间]|啥时候?|几时|哪一?天|几[天号月]|多长时间"
    "|配捐|合|加起来|加上|每人|报销|指标|任务|岁|年满|[婆奶爷公妈爸娘][^,，]{0,4}满"
)
"""Beside an amount: a time is asked for, or the amount is another sum than what a team raised."""
_LESS = pattern("不足|不到|不满|(?<!够)(?<!还是)(?<!还是算)不够|没到|没筹|没有筹|没达|差一点")
_MORE = pattern("以上|超过|多|过|满|达到")
_EXACT = pattern("正好|刚好|刚刚好|整|恰好")
_SMALLEST_SUM = Decimal(50)

_REFUSED = {
    "refuse-farming": pattern(
        "套捐|套配捐|套取|刷单|刷配捐|返现|(?=.*公款)(?=.*(?:分给|发给|名义|轮流|个人)).*捐"
        "|(?=.*[捐配])(?!.*(?:票|收据)).*(?:报销|返还|退还给|还给职工|拆成|拆分|拆开|分成.+笔|小号)"
    ),
    "refuse-gift-of-person": pattern(
        "(?:谁|哪些人|哪个.{0,3}|哪些.{0,3})(?:还)?(?:没有|没|未)捐|(?:没有|没|未)捐款?的?(?:人|名单)"
        "|(?:老师|校长|局长|主任|书记|院长|县长|经理|领导|同志)(?:个人)?捐了?(?:多少|几|没)"
    ),
    "forced": pattern(
        "(?:老师|班主任|学校|单位|领导|[校院局园厂村]长|社区|村里|公司|老板|物业)[^,。?]{0,6}(?:非[要得让]|硬要|逼|强[制行迫])"
        "[^,。?]{0,6}[收捐交]"
    ),
    "refuse-quota": pattern("摊派|按(?:人?头)(?!.*(?:[补救]助|补贴|慰问|困难|发多少|领))"),
}


_OTHER_TIMES = pattern("去年|前年|往年|历年|前几年|以往|往届|[上前]一?届|明年|来年|后年|[下后]一?届|再下次")
_CLAUSE_ENDS = pattern("[,。!;?\n]+")


def asks_about_another_time(text: str) -> bool:
    """Whether a normalised question is about another year's drive, not only told of one (`去年参加过，今年怎么报`)."""
    clauses = [clause for clause in _CLAUSE_ENDS.split(text) if clause.strip()]
    asking = [clause for clause in clauses if is_question(clause)] or clauses
    return any(map(_OTHER_TIMES.search, asking)) and not re.search("今年|这次|本次|这届|本届", text)


def speaks_of_another_time(campaign: Campaign, rule: Rule) -> bool:
    """Whether an entry tells or is asked about another year than the campaign's."""
    said = "，".join((*rule.questions, rule.answer))
    years = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?=年)", rule.answer)}
    return bool(years - {campaign.year}) or _OTHER_TIMES.search(said) is not None


def projects_in(campaign: Campaign, text: str) -> frozenset[str]:
    """The projects a text names, each with its parent; the longest name wins where names overlap."""
    text = plain(text)
    names = {plain(name): p for p in campaign.projects for name in (p.name, *p.aliases)}
    found: set[str] = set()
    for name, project in sorted(names.items(), key=lambda item: len(item[0]), reverse=True):
        if name in text:
            text = text.replace(name, "，")
            found.add(project.id)
            if project.parent:
                found.add(project.parent)
    return frozenset(found)


def contacts_in(campaign: Campaign, text: str) -> list[Contact]:
    """The public contacts a text names by name, by project or by office, whichever it does first."""
    public = [c for c in campaign.contacts if c.public]
    by_name = [c for c in public if names_contact(c, text)]
    if by_name:
        return by_name
    named = projects_in(campaign, text)
    responsible = {c for p in campaign.projects if p.id in named for c in p.contacts}
    by_project = [c for c in public if c.id in responsible]
    return by_project or [c for c in public if _names_office(campaign, c, text)]


def _names_office(campaign: Campaign, contact: Contact, text: str) -> bool:
    """Whether a text names the office of a contact, and not one of the same kind elsewhere (省红会, 镇雄红会)."""
    words = "|".join(map(re.escape, _office_words(campaign, contact)))
    heads = (text[: found.start()] for found in re.finditer(words, text))
    return not all(_is_elsewhere(campaign, head) for head in heads)


def names_contact(contact: Contact, text: str) -> bool:
    """Whether a text names the person: 杜雄, 杜主任."""
    return contact.name in text or re.search(contact.name[0] + _TITLE, text) is not None


def asked_beside_a_number(text: str) -> bool:
    """Whether an office or a person is asked for what a notice hardly tells of them: where, when, of what rank."""
    return _BESIDE_A_NUMBER.search(text) is not None and not _WHOM.search(text)


def rule_about_refused(campaign: Campaign, text: str) -> Rule | None:
    """The entry that declines what must never be helped with, or says what helps against it, if the file has it."""
    for rule_id, asked in _REFUSED.items():
        if asked.search(text):
            return next((r for r in campaign.rulebook if r.id == rule_id), None)
    return None


def rule_about_contact(campaign: Campaign, text: str) -> Rule | None:
    """The entry about a person whom the question names, or whose office or project it wants to call."""
    contacts = contacts_in(campaign, text)
    if len(contacts) != 1:
        return None
    by_name = names_contact(contacts[0], text)
    asks_whom = _WHOM.search(text) and not _SOMEONE_ELSE.search(text) and not _region_in(campaign, text)
    if not by_name and not asks_whom:
        return None
    return next((r for r in campaign.rulebook if r.topic == "contact" and r.contact == contacts[0].id), None)


def rule_about_threshold(campaign: Campaign, text: str) -> Rule | None:
    """The entry that holds for the amount a team says it raised, measured against the claim threshold."""
    threshold = campaign.policy.threshold
    if threshold is None or not _RAISED.search(text) or not _WHOSE.search(text) or _ASIDE.search(text):
        return None
    sums = _sums(text)
    if len(sums) != 1:
        return None
    if any(campaign.threshold_for(p) is None for p in projects_in(campaign, text)):
        return _of_topic(campaign, "threshold-other")
    fen = int(sums[0] * 100)
    if _LESS.search(text):
        return _of_topic(campaign, "threshold-below") if fen <= threshold.amount_fen else None
    if fen != threshold.amount_fen:
        return _of_topic(campaign, "threshold-above" if threshold.reached(fen) else "threshold-below")
    if _EXACT.search(text):
        return _of_topic(campaign, "threshold-exact")
    return _of_topic(campaign, "threshold-above") if _MORE.search(text) else None


def _sums(text: str) -> list[Decimal]:
    """The amounts of money, in yuan, that a text plausibly names; small numbers are counts, not sums."""
    values = (read_numeral(match[0]) for match in re.finditer(NUMERAL, close_up(text)))
    return [value for value in values if isinstance(value, Decimal) and value >= _SMALLEST_SUM]


def _office_words(campaign: Campaign, contact: Contact) -> list[str]:
    """How people call an office: without the place, without its last character, or by its short name."""
    office = contact.office.removeprefix(campaign.area)
    short = [said for name, said in _SHORT_OFFICES.items() if name in office]
    return [office, office[:-1], *short]


def _region_in(campaign: Campaign, text: str) -> bool:
    return "县" in text or any(name in text for r in campaign.regions if not r.bucket for name in (r.name, *r.aliases))


def _is_elsewhere(campaign: Campaign, head: str) -> bool:
    """Whether what stands before an office's name makes it one of another level than the campaign's, or a region's."""
    level = _OF_ANOTHER_LEVEL.search(head)
    names = (name for r in campaign.regions if not r.bucket for name in (r.name, r.name[:-1], *r.aliases))
    return bool(level and level[0][0] != campaign.level) or head.endswith(tuple(name for name in names if name[1:]))


def _of_topic(campaign: Campaign, topic: str) -> Rule | None:
    return next((rule for rule in campaign.rulebook if rule.topic == topic), None)
