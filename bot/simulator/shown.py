"""What somebody sees of one message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """Tapping it opens `url`; `picture` is the address of its picture, or ''."""

    title: str
    description: str = ""
    url: str = ""
    picture: str = ""

    @property
    def text(self) -> str:
        return "\n".join(filter(None, (self.title, self.description, self.url)))


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in words; where it is a picture, its media_id besides, and where it is cards, these."""

    text: str
    picture: str = ""
    cards: tuple[Card, ...] = ()
