"""What only somebody with a role says: an act on a case or on a team, a list of teams, a table, a captain's number."""

from handlers.language.persons import is_person
from handlers.language.telephones import asks_for_a_captains_number, asks_for_a_number, without_words_of_calling
from handlers.language.text import normalise, squash
from handlers.language.units import ends_like_a_unit
from handlers.understand.correcting import teams_named
from handlers.understand.decisions import act_on_a_team, asked_for, decided
from handlers.understand.ear import Ear
from handlers.understand.heads import Found
from handlers.understand.readings import Ask
from handlers.wishes.books import asks_for_a_book, asks_for_a_chain
from handlers.wishes.slots import is_a_matter
from handlers.wishes.teams import asks_for_a_list


def of_whoever_coordinates(text: str, ear: Ear) -> Ask | None:
    """What only somebody with a role says: an act on a case, a list of teams, a table, a captain's number."""
    line = normalise(text)
    if is_a_matter(line):
        return Ask("matter")
    if not ear.coordinates:
        return None
    if asked := asked_for(squash(text)):
        return Ask(asked)
    if act := decided(line):
        return Ask(act.want, act.behind)
    if asks_for_a_book(ear.campaign, text):
        return Ask("book")
    if asks_for_a_chain(ear.campaign, text):
        return Ask("chain_text")
    if asks_for_a_list(ear.campaign, text):
        return Ask("regions")
    return Ask("contact") if calls_a_captain(line, ear) else None


def around_a_code(line: str, ear: Ear) -> Found | None:
    """A word that stands behind the code or the name of the team that it is about: `0012停用`, `把0002并入0001`.

    A name is that of one of her own, or a unit's in full from who coordinates; what is wanted as a table is none.
    """
    act = act_on_a_team(line) if ear.heads else None
    head = ear.heads.get(act.word) if act else None
    if act is None or head is None or (not act.coded and asks_for_a_book(ear.campaign, line)):
        return None
    hers = () if act.coded else teams_named(act.team, ear)
    if not act.coded and len(hers) != 1 and not (ear.coordinates and ends_like_a_unit(act.team)):
        return None
    return Found(act.word, head, f"{hers[0] if len(hers) == 1 else act.team} {act.rest}".strip())


def calls_a_captain(line: str, ear: Ear) -> bool:
    """Whether a coordinator asks for the number of a unit's captain (`查一下永善县人民医院队长的手机号`) or of somebody
    (`王芳的电话`)."""
    whose = without_words_of_calling(line)
    by_name = asks_for_a_number(line) and is_person(ear.campaign, whose)
    return by_name or (asks_for_a_captains_number(line) and ends_like_a_unit(whose))
