"""The console's sessions: how somebody with a role comes in from WeChat, by a link or six digits, and stays in.

A pass is both the link and the code, opens one session, and lasts ten minutes; who asks anew has a new one. What is
kept of a link or a session is a digest: nobody who reads the database can come in by it. Which roles she has is kept
nowhere here. Real time throughout.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2s
from time import monotonic, sleep
from typing import Literal

from storage.database import Database, script
from storage.keys import OPERATION_SECONDS, PASS_SECONDS, SESSION_IDLE_SECONDS, SESSION_SECONDS, Keys
from storage.models.fact import Fact

WRONG_FROM_ADDRESS, WRONG_FROM_ALL = 5, 50
"""Wrong codes after which no code is looked at for ten minutes: from one address, and from all. Links go on."""
LOOKS_A_MINUTE = 60
"""How often the entry may be asked for from one address."""
DIGITS = 6
IN_WORK = "…"
"""Stands where a form's outcome will."""
IN_WORK_SECONDS = 30
PATIENCE_SECONDS, POLL_SECONDS = 4.0, 0.05
"""How long whoever sends a form twice waits for what comes of it first."""

_enter_code = script("enter_code")

Refusal = Literal["off", "enough", "wrong"]
"""Why a code does not open: none is looked at now, none from this address, or it is none."""


class Pass(Fact):
    """Whom a link and its code let in (person id), and the campaign of which she was speaking."""

    person: str
    campaign: str


class Session(Fact):
    """Who is in (person id), the campaign of which she was speaking, and until when at most."""

    person: str
    campaign: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Entrance:
    """What somebody is given to come in by: the token of her link, and six digits."""

    token: str
    code: str


@dataclass(frozen=True, slots=True)
class Sessions:
    database: Database
    keys: Keys

    def secret(self) -> str:
        """What signs forms: made by whoever asks first, and the same for all from then on."""
        self.database.set(self.keys.console_secret(), secrets.token_hex(32), nx=True)
        return str(self.database.get(self.keys.console_secret()))

    def offer(self, holder: Pass) -> Entrance:
        """A new way in; the one that she was given before is good for nothing any more."""
        keys, token = self.keys, secrets.token_urlsafe(24)
        digest, newest = _digest(token), keys.console_newest_pass(holder.person)
        if before := self.database.get(newest):
            self.database.delete(keys.console_pass(before))
        code = self._free_code(digest)
        with self.database.pipeline(transaction=False) as pipe:
            pipe.set(keys.console_pass(digest), holder.model_dump_json(), ex=PASS_SECONDS)
            pipe.set(newest, digest, ex=PASS_SECONDS)
            pipe.execute()
        return Entrance(token, code)

    def look(self, token: str) -> Pass | None:
        """Whom a link would let in; looking uses nothing up."""
        kept = self.database.get(self.keys.console_pass(_digest(token)))
        return Pass.model_validate_json(kept) if kept else None

    def enter(self, token: str) -> str | None:
        """The id of a new session, once for a link; None for a link that was used or is over."""
        return self._begin(_digest(token))

    def enter_by_code(self, code: str, address: str) -> str | Refusal:
        """The id of a new session, once for a code, or why there is none."""
        keys = [
            self.keys.console_code(code),
            self.keys.console_wrong(_digest(address)),
            self.keys.console_wrong("*"),
        ]
        status, digest = _enter_code(self.database, keys, [WRONG_FROM_ADDRESS, WRONG_FROM_ALL, PASS_SECONDS])
        if status != "right":
            refusal: Refusal = status
            return refusal
        return self._begin(digest) or "wrong"

    def may_look(self, address: str) -> bool:
        """Whether the entry is shown once more to an address in this minute."""
        key = self.keys.console_looks(_digest(address))
        with self.database.pipeline() as pipe:
            pipe.set(key, 0, ex=60, nx=True)
            pipe.incr(key)
            _, looks = pipe.execute()
        return int(looks) <= LOOKS_A_MINUTE

    def find(self, session_id: str) -> Session | None:
        """Who is in by an id, and she stays in; None where nobody is, any more, or she was forgotten."""
        key = self.keys.session(_digest(session_id))
        if (kept := self.database.get(key)) is None:
            return None
        session = Session.model_validate_json(kept)
        left = (session.until - datetime.now(UTC)).total_seconds()
        with self.database.pipeline(transaction=False) as pipe:
            pipe.exists(self.keys.who(session.person))
            pipe.expire(key, max(1, int(min(left, SESSION_IDLE_SECONDS))))
            known, _ = pipe.execute()
        return session if known and left > 0 else None

    def end(self, session_id: str) -> None:
        self.database.delete(self.keys.session(_digest(session_id)))

    def end_all(self, person: str) -> int:
        """End every session of a person, and the way in that she was given last; how many sessions there were."""
        keys = self.keys
        digests, newest = self.database.smembers(keys.sessions(person)), keys.console_newest_pass(person)
        if waiting := self.database.get(newest):
            self.database.delete(keys.console_pass(waiting), newest)
        ended = sum(self.database.delete(keys.session(digest)) for digest in digests)
        if digests:
            self.database.srem(keys.sessions(person), *digests)
        return int(ended)

    def begin(self, person: str, key: str) -> bool:
        """Whether a form of hers is to be done now; not where it was, which another that does it is waited for."""
        name = self.keys.console_outcome(person, key)
        until = monotonic() + PATIENCE_SECONDS
        while not self.database.set(name, IN_WORK, ex=IN_WORK_SECONDS, nx=True):
            if self.database.get(name) not in (IN_WORK, None) or monotonic() > until:
                return False
            sleep(POLL_SECONDS)
        return True

    def give_up(self, person: str, key: str) -> None:
        """Nothing came of it: sent again, it is tried again."""
        self.database.delete(self.keys.console_outcome(person, key))

    def keep_outcome(self, person: str, key: str, outcome: str) -> None:
        """Keep what a form led to."""
        self.database.set(self.keys.console_outcome(person, key), outcome, ex=OPERATION_SECONDS)

    def outcome(self, person: str, key: str) -> str | None:
        """What a form of hers led to, as it was kept; None where nothing did."""
        kept = self.database.get(self.keys.console_outcome(person, key))
        return str(kept) if kept not in (None, IN_WORK) else None

    def _free_code(self, digest: str) -> str:
        while True:
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
            if self.database.set(self.keys.console_code(code), digest, ex=PASS_SECONDS, nx=True):
                return code

    def _begin(self, digest: str) -> str | None:
        """Use a pass up. Whoever ends all her sessions meanwhile finds this one on the list."""
        kept = self.database.getdel(self.keys.console_pass(digest))
        if kept is None:
            return None
        holder, session_id = Pass.model_validate_json(kept), secrets.token_urlsafe(32)
        until = datetime.now(UTC) + timedelta(seconds=SESSION_SECONDS)
        session = Session(person=holder.person, campaign=holder.campaign, until=until)
        hers = self.keys.sessions(holder.person)
        with self.database.pipeline(transaction=False) as pipe:
            pipe.sadd(hers, _digest(session_id))
            pipe.expire(hers, SESSION_SECONDS)
            pipe.set(self.keys.session(_digest(session_id)), session.model_dump_json(), ex=SESSION_IDLE_SECONDS)
            pipe.execute()
        return session_id


def _digest(text: str) -> str:
    return blake2s(text.encode(), digest_size=16).hexdigest()
