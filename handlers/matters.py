"""The matter that a number names: `D5` in any writing; a former one where it can be nothing else."""

from typing import Protocol, TypeVar

from handlers import texts
from handlers.messages import Context, UserError
from handlers.wishes.slots import Numbered
from storage.matters import Matter

OfKind = TypeVar("OfKind", bound=Matter)
Found = TypeVar("Found", bound=Matter, covariant=True)


class Matters(Protocol[Found]):
    """Matters of one kind, by their numbers of now or of before: all there are, or those that she may see."""

    def get(self, campaign: str, number: str) -> Found | None: ...

    def once(self, campaign: str, was: str) -> Found | None: ...


def named(ctx: Context, matters: Matters[OfKind], said: Numbered) -> OfKind:
    """The matter of a kind that a number names.

    A bare one is a matter's former number, where no list is open in which it could be a line, and no matter of the kind
    has it with the letter. Raises `UserError`.
    """
    cid = ctx.campaign.id
    if said.lettered:
        if matter := matters.get(cid, said.number):
            return matter
        raise UserError(texts.questions.no_such_matter(said.number))
    former, lettered = matters.once(cid, said.number), matters.get(cid, f"D{said.number}")
    if former and (lettered is None or lettered == former) and not _list_is_open(ctx):
        return former
    meant = dict.fromkeys(texts.questions.question_line(m.number, m.text, m.was) for m in (former, lettered) if m)
    raise UserError(texts.questions.number_needs_its_letter(said.number, list(meant)))


def _list_is_open(ctx: Context) -> bool:
    """Whether lines were just shown of which one is to be named; a proposal only waits for a yes."""
    return ctx.conversation is not None and not ctx.conversation.proposes
