"""What she sends: a form's signed key is the proof that it is hers, and the name of what it writes.

A form sent twice (a double click, back and again, a proxy's retry) writes under the same operation, and is answered
with what came of it first. What takes a yes is shown on a page of its own. A refusal writes nothing, and is shown
beside the form as she filled it in.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import blake2s
from typing import TypeVar

from flask import g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from bot.acknowledging import reserve
from bot.web.console.desk import Desk, Stale, at_desk
from handlers import texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.ledger import Closed, Frozen

T = TypeVar("T")
ROWS_AT_MOST = 50
"""Rows of one bulk act: a page of a list."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one row of a bulk act. `back`: by what it is taken back, '' where nothing was done."""

    name: str
    text: str
    good: bool
    back: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a form, as it is shown. `good`: something was done. `key`: of the form, once it is kept."""

    text: str
    good: bool = True
    rows: tuple[Row, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that is hers, by its key."""

    desk: Desk
    key: str

    @property
    def digest(self) -> str:
        """What the form makes is called so, whoever sends it again."""
        return blake2s(f"{self.desk.person} {self.key}".encode(), digest_size=12).hexdigest()

    def actor(self, verb: str, line: int = 0) -> Actor:
        return self.desk.actor(f"console:{self.key}/{verb}/{line}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What she filled in about one thing; where a form is about several, its `row` stands behind each field's name."""

    row: str = ""

    def said(self, name: str) -> str:
        return said(f"{name}{self.row}")

    @property
    def agreed(self) -> str:
        """What she has seen of it and said yes to, '' before she was asked."""
        return self.said("agreed")


class Asked(Exception):
    """What a form would do is shown first, and done on her yes. `choices`: what each button stands for, and says.

    The words are those that the bot asks with, but for how to answer them. `doubted`: something speaks against it.
    """

    def __init__(self, text: str, *choices: tuple[str, str], doubted: bool = False) -> None:
        super().__init__(text)
        self.text, self.choices = text.removesuffix(texts.wording.CONFIRM).rstrip(), choices
        self.doubted = doubted


def new_key() -> Markup:
    """The hidden field that every form has, anew for each."""
    desk, key = at_desk(), secrets.token_urlsafe(12)
    return Markup(f'<input type="hidden" name="key" value="{key}.{_signature(desk, key)}">')


def submitted() -> Submission:
    """The form that was sent. Raises `Stale` where its key is not of this session."""
    desk = at_desk()
    key, _, signature = request.form.get("key", "").partition(".")
    if not key or not hmac.compare_digest(signature.encode(), _signature(desk, key).encode()):
        raise Stale
    return Submission(desk, key)


def perform(
    act: Callable[[Submission], Told | str], back: str, again: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    """Do what a form asks for, once, and lead `back` to where its outcome is shown.

    Refused, `again` is shown; where it takes a yes, what it would do.
    """
    submission = submitted()
    desk, sessions = submission.desk, submission.desk.store.sessions
    if sessions.begin(desk.person, submission.key):
        try:
            told = act(submission)
            kept = told if isinstance(told, Told) else Told(texts.console.on_a_page(told))
            sessions.keep_outcome(desk.person, submission.key, json.dumps(asdict(kept), ensure_ascii=False))
        except (UserError, Closed, Frozen, Asked) as instead:
            sessions.give_up(desk.person, submission.key)
            return _instead(instead, back, again)
    elif sessions.outcome(desk.person, submission.key) is None:
        return _refused(texts.console.still_in_work(), again)
    mark = "&" if "?" in back else "?"
    return redirect(f"{back}{mark}told={submission.key}", 303)


def agreed() -> str:
    """What she has seen and said yes to, '' before she was asked."""
    return request.form.get("agreed", "")


def said(name: str) -> str:
    """A field of the form as she filled it in."""
    return request.form.get(name, "").strip()


def told_before() -> Told | None:
    """What is to be shown on this page of what she did: refused just now, or done before she was led here."""
    if told := g.get("told"):
        refused: Told = told
        return refused
    return kept_of(at_desk(), request.args.get("told", ""))


def kept_of(desk: Desk, key: str) -> Told | None:
    """What a form of hers led to, by its key; None after 48 hours, or where nothing did."""
    kept = desk.store.sessions.outcome(desk.person, key) if key else None
    if kept is None:
        return None
    said = json.loads(kept)
    text = f"{said['text']}\n{reserve(desk.store)}".rstrip() if said["good"] else said["text"]
    return Told(text, said["good"], tuple(Row(**row) for row in said["rows"]), key)


def each_row(things: Iterable[T], act: Callable[[int, T], Row]) -> Told:
    """A bulk act: one write a row, each under its own line of the operation, and what came of each."""
    rows = tuple(act(line, thing) for line, thing in enumerate(list(things)[:ROWS_AT_MOST]))
    if not rows:
        raise UserError(texts.console.nothing_ticked())
    done = sum(row.good for row in rows)
    return Told(texts.console.rows_done(done, len(rows)), good=done > 0, rows=rows)


def _instead(
    why: UserError | Closed | Frozen | Asked, back: str, again: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    """What is shown where nothing was done: the question, or why not."""
    if isinstance(why, Asked):
        filled = [(name, value) for name, value in request.form.items(multi=True) if name not in ("key", "agreed")]
        return render_template("console/confirm.html", desk=at_desk(), asked=why, filled=filled, back=back)
    return _refused(why_not(why), again)


def why_not(why: UserError | Closed | Frozen) -> str:
    """A refusal in her words."""
    if isinstance(why, UserError):
        return why.text
    campaign = at_desk().campaign
    return texts.campaigns.frozen(campaign, role=True) if isinstance(why, Frozen) else texts.campaigns.closed(campaign)


def _refused(text: str, again: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    g.told = Told(text, good=False)
    return make_response(again()), 422


def _signature(desk: Desk, key: str) -> str:
    secret = g.get("signing") or desk.door.signing()
    g.signing = secret
    return hmac.digest(secret.encode(), f"{desk.session} {key}".encode(), "sha256").hex()[:32]
