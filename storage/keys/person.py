"""The keys of a person, in her slot `{openid}`."""

from dataclasses import dataclass

from storage.keys.prefixed import Prefixed, pattern


@dataclass(frozen=True, slots=True)
class PersonKeys(Prefixed):
    """The keys of a person, in her slot `{openid}`."""

    def person(self, openid: str) -> str:
        """hash, until erased: id, named campaign, and the 48-hour window."""
        return f"{self.prefix}:{{{openid}}}:person"

    def inbox(self, openid: str, message_key: str) -> str:
        """string `P…` (claimed, 4.5 s) or `D…` (the stored reply, 24 h)."""
        return f"{self.prefix}:{{{openid}}}:inbox:{message_key}"

    def lock(self, openid: str) -> str:
        """string token, 4.5 s: one message of a person at a time."""
        return f"{self.prefix}:{{{openid}}}:lock"

    def waiter(self, openid: str) -> str:
        """string token, 4.5 s: the one message that waits while another of hers is in work."""
        return f"{self.prefix}:{{{openid}}}:waiter"

    def rate(self, openid: str) -> str:
        """string counter, 60 s: her messages since the first of this minute."""
        return f"{self.prefix}:{{{openid}}}:rate"

    def conversation(self, openid: str) -> str:
        """string JSON, 30 min: the open dialogue."""
        return f"{self.prefix}:{{{openid}}}:conversation"

    def conversations(self) -> str:
        """The glob pattern of everybody's open dialogue."""
        return pattern(f"{self.prefix}:{{") + "}:conversation"

    def mailbox(self, openid: str) -> str:
        """list of JSON {text, read_until}, at most 20, until read or 30 days without a new one: pushes of last resort,
        shown with the next reply."""
        return f"{self.prefix}:{{{openid}}}:mailbox"

    def credits(self, openid: str) -> str:
        """hash template id → number, until erased: the subscription notices that she still allows."""
        return f"{self.prefix}:{{{openid}}}:credits"

    def credits_out(self, openid: str) -> str:
        """hash template id → number, until erased: credits taken for notices whose event has not come."""
        return f"{self.prefix}:{{{openid}}}:credits:out"

    def credits_heard(self, openid: str) -> str:
        """sorted set event by when it was counted (real time, Unix seconds), 24 h: the events about her notices."""
        return f"{self.prefix}:{{{openid}}}:credits:heard"

    def wishes(self, openid: str) -> str:
        """hash `campaign/team code` → fen, until erased: what a captain wishes for her own team."""
        return f"{self.prefix}:{{{openid}}}:wishes"

    def said(self, openid: str) -> str:
        """stream {key, text}, entries of 30 days: what she typed, to look into a complaint."""
        return f"{self.prefix}:{{{openid}}}:said"

    def unheard(self, openid: str) -> str:
        """sorted set masked line by when she said it (business time, Unix seconds), the newest 50, 30 days: what was
        not understood."""
        return f"{self.prefix}:{{{openid}}}:unheard"

    def all_unheard(self) -> str:
        """The glob pattern of everybody's lines that were not understood."""
        return pattern(f"{self.prefix}:{{") + "}:unheard"

    def mailbox_left(self, openid: str) -> str:
        """sorted set notification id by when it was left (real time, Unix seconds), 48 h: what lies in her mailbox, or
        lay there."""
        return f"{self.prefix}:{{{openid}}}:mailbox:left"
