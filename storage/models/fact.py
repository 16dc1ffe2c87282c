"""The kind of value that crosses the border to Redis."""

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """A value kept in Redis."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __eq__(self, other: object) -> bool:
        """By its kind and its fields, which are all that it has: what is left out as a default is compared often."""
        return self.__dict__ == other.__dict__ if type(self) is type(other) else NotImplemented
