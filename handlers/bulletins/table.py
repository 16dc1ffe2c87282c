"""The bulletin as markdown_v2, which group robots post: headings, tables, a quotation (wechat-platform §4.7)."""

import re

from handlers import texts
from handlers.bulletins.edition import Edition
from handlers.bulletins.text import Section, fit, sections

BUDGET = 4096
"""Bytes of UTF-8 of one markdown message."""
LEADERS = 30
_MARKS = re.compile(r"[|*_`\[\]<>#\\~]")


def render_table(edition: Edition) -> str:
    """An issue as markdown of at most `BUDGET` bytes; where items are counted, its text as it stands."""
    if edition.campaign.progress == "items":
        return fit(list(sections(edition)), texts.bulletin.bulletin_rest(), BUDGET)
    return fit(_sections(edition), texts.bulletin.bulletin_rest(), BUDGET)


def _sections(edition: Edition) -> list[Section]:
    say, campaign, figures = texts.bulletin_table, edition.campaign, edition.digest.figures
    parts = [Section(say.head(edition)), Section(say.totals(edition))]
    if edition.corrects:
        parts.append(Section(texts.bulletin.what_changed(edition)))
    if beside := [*filter(None, (texts.bulletin.bulletin_target(figures), say.matched(edition)))]:
        parts.append(Section("\n".join(beside), dropped=4))
    if leaders := edition.leaders(LEADERS):
        parts.append(Section(say.leaders(edition, [(plain(each.unit), each) for each in leaders], LEADERS), dropped=2))
    if edition.regions:
        parts.append(Section(say.regions(edition), dropped=1))
    if ahead := [*filter(None, (say.reached(edition), texts.bulletin.bulletin_ahead(edition)))]:
        parts.append(Section("\n".join(ahead), dropped=3))
    return [*parts, Section(say.notes(campaign, edition.fingerprint))]


def plain(name: str) -> str:
    """A stranger's words without anything that markdown would take for its own."""
    return _MARKS.sub(" ", texts.wording.echo(name, 24)).strip()
