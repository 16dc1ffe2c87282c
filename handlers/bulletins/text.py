"""The bulletin as one text message: whole sections go where it is too long, in a declared order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers import tasks, texts
from handlers.bulletins.edition import Edition

BUDGET = 2048
"""Bytes of UTF-8 that every channel carries in one text."""
LEADERS = 10
"""How many leading units a text names at most."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the bulletin. `dropped` is when it goes if the whole is too long: 1 first, 0 never."""

    text: str
    dropped: int = 0


def render_bulletin(edition: Edition, budget: int = BUDGET) -> str:
    """An issue as text of at most `budget` bytes."""
    practice = edition.campaign.practice
    room = budget - len(texts.wording.PRACTICE.encode()) if practice else budget
    text = fit(list(sections(edition)), texts.bulletin.bulletin_rest(), room)
    return texts.wording.marked(text) if practice else text


def fit(parts: Sequence[Section], rest: str, budget: int) -> str:
    """The sections as paragraphs; what is too long loses whole ones, and `rest` says where they are."""
    kept = list(parts)
    text = "\n\n".join(section.text for section in kept)
    while len(text.encode()) > budget:
        kept.remove(min((s for s in kept if s.dropped), key=lambda section: section.dropped))
        text = "\n\n".join([*(section.text for section in kept), rest])
    return text


def sections(edition: Edition) -> Iterator[Section]:
    """Every part of an issue, in the order in which it is read."""
    say, campaign, figures = texts.bulletin, edition.campaign, edition.digest.figures
    head = say.bulletin_head(edition)
    if campaign.progress == "items":
        yield Section(f"{head}\n" + "\n".join(tasks.rows(campaign, edition.digest.tasks, list(campaign.regions))))
        if edition.corrects:
            yield Section(say.what_changed(edition))
        yield Section(say.bulletin_of_items(campaign))
        return
    yield Section("\n".join([head, say.bulletin_totals(edition)]))
    if edition.corrects:
        yield Section(say.what_changed(edition))
    if target := say.bulletin_target(figures):
        yield Section(target, dropped=5)
    if figures.matched_fen:
        yield Section(say.bulletin_matched(campaign, figures), dropped=6)
    if leaders := edition.leaders(LEADERS):
        yield Section(say.bulletin_leaders(edition, leaders, LEADERS), dropped=2)
    if edition.regions:
        yield Section(say.bulletin_regions(edition), dropped=1)
    if campaign.policy.threshold:
        yield Section(say.bulletin_reached(campaign.policy.threshold.amount_fen, figures.reached), dropped=3)
    if ahead := say.bulletin_ahead(edition):
        yield Section(ahead, dropped=4)
    yield Section(say.bulletin_notes(campaign))
    if edition.fingerprint:
        yield Section(say.bulletin_fingerprint(edition.fingerprint))
