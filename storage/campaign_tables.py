"""What every table of a campaign file stands on: no key it does not know, and where each value is from."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, Field(min_length=1)]
"""What must be said: a blank is a mistake."""
Fen = Annotated[int, Field(ge=0)]
Status = Literal["stated", "repaired", "inferred", "not stated", "answered", "general"]


class Table(BaseModel):
    """Any table of a campaign file: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Table):
    """A table whose values come from a document: the section, and how far it can be trusted.

    `note` says what was inferred or repaired, and how. `answered`: the document is silent, a coordinator is not.
    `general`: what holds in every campaign, a law or a rule of this bot, whatever the document says.
    """

    source: str = ""
    status: Status = "stated"
    note: str = ""
