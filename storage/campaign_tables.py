"""What every table of a campaign file stands on: no key it does not know, and where each value is from."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


def _filled(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "text")
    return text


def _telling(text: str) -> str:
    if not any(map(str.isalnum, text)):
        raise PydanticCustomError("blank", "a name")
    return text


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, AfterValidator(_filled)]
"""What must be said: a blank is a mistake."""
Name = Annotated[str, AfterValidator(_telling)]
"""What people type to mean something: without a letter or figure it would stand in every message."""
Fen = Annotated[int, Field(ge=0, le=10**15)]
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
