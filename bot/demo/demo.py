"""The demo from beginning to end: stage, play, proof, and staying up for the visitor."""

import select
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from shlex import quote
from threading import Event

from bot.cli.session import CommandError
from bot.demo.album import fill_album
from bot.demo.play import Play
from bot.demo.proof import differences
from bot.demo.stage import Stage, set_stage
from bot.demo.stories import STORIES
from bot.demo.story import Ending, Story, ending
from bot.demo.telling import PAUSE_SECONDS, Teller
from bot.endings import SIGNALS
from bot.settings import PACKAGED_CAMPAIGNS
from storage.campaign_files import load

LOOK_SECONDS = 5.0
"""How long the visitor has to open the page before the play begins."""
INTERRUPTED = 130
"""The exit status of a play that was broken off, as a shell has it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the visitor asked for. `as_of`: the clock ends up there; without a zone it is the campaign's own."""

    campaign: str
    port: int | None
    as_of: datetime | None
    fast: bool
    leave: bool


def run(wishes: Wishes) -> int:
    """Play, prove, and stay until Ctrl-C (or leave at once). The exit status. Raises `CommandError`."""
    story = STORIES.get(wishes.campaign)
    if story is None:
        raise CommandError(f"{wishes.campaign} has no story to play; there is one for: {', '.join(STORIES)}")
    for number in SIGNALS:
        signal.signal(number, signal.default_int_handler)
    try:
        return _perform(story, wishes)
    except KeyboardInterrupt:
        return INTERRUPTED


def _perform(story: Story, wishes: Wishes) -> int:
    campaign = load(PACKAGED_CAMPAIGNS / story.campaign)
    as_of = wishes.as_of
    if as_of is not None and as_of.tzinfo is None:
        as_of = as_of.replace(tzinfo=campaign.zone)
    scenes = story.until(as_of)
    begins = min(story.begins, as_of) if as_of else story.begins
    ends = as_of or scenes[-1].at
    teller = Teller(0 if wishes.fast else PAUSE_SECONDS)
    with set_stage(campaign, story, begins, ends, wishes.port) as stage:
        teller.plain(f"chat page   {stage.url}/simulator")
        if not wishes.fast:
            _wait_for_a_look(teller)
        teller.note(f"{campaign.name}：排练开始，时钟从 {begins:%Y-%m-%d %H:%M} 走起。")
        play = Play(stage, teller)
        play.play(scenes)
        stage.advance_to(ends)
        stage.publish_menus()
        fill_album(stage)
        good = _prove(stage, ending(scenes), play.faults, teller)
        if not wishes.leave:
            _show_addresses(stage, teller)
            _wait_for_the_end()
    return 0 if good else 1


def _wait_for_a_look(teller: Teller) -> None:
    """Until Enter, or the end of the input; a few seconds at most."""
    teller.plain(f"The story begins with Enter, or in {LOOK_SECONDS:.0f} seconds.")
    ready, _, _ = select.select([sys.stdin], [], [], LOOK_SECONDS)
    if ready:
        sys.stdin.readline()


def _wait_for_the_end() -> None:
    with suppress(KeyboardInterrupt):
        Event().wait()


def _prove(stage: Stage, end: Ending, faults: list[str], teller: Teller) -> bool:
    """Compare everything with the story, and say in the last lines what was verified."""
    found = differences(stage, end)
    teller.plain()
    for line in (*faults, *found):
        teller.result(f"✗ {line}", good=False)
    if faults or found:
        teller.result(f"not verified: {len(faults)} answers and {len(found)} facts differ from the story", good=False)
        return False
    reported = f"{len(end.counts)} counts" if end.counts else f"{end.reports} reports ({end.retracted} retracted)"
    teller.result(f"verified: {len(end.teams)} teams, {reported}, {end.pushed} pushes, each recipient once", good=True)
    teller.result("verified: the totals rebuilt from the ledger equal the boards", good=True)
    return True


def _show_addresses(stage: Stage, teller: Teller) -> None:
    board = f"{stage.url}/board/{stage.campaign.id}" if stage.campaign.ranking.public else ""
    for line in (
        "",
        f"begin at    {stage.url}/",
        f"chat page   {stage.url}/simulator",
        *([f"board       {board}", f"screen      {board}/screen"] if board else []),
        f"console     {stage.url}/console/rehearsal",
        f"webhook     {stage.url}/wechat",
        f"log         {stage.log}",
        f"sent        {stage.sent}",
        "the other commands (yidui chat, yidui campaign list, …) reach it after:",
        f"source {quote(str(stage.environment))}",
        "Ctrl-C stops it.",
    ):
        teller.plain(line)
