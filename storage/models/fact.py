"""The kind of value that crosses the border to Redis."""

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """A value kept in Redis."""

    model_config = ConfigDict(frozen=True, extra="forbid")
