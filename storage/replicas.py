"""The word of the replicas: that they have what is about to be acknowledged, so that a failover cannot lose it.

Whoever answers by what another connection wrote (a repetition that finds the outcome of its op_id) needs it too: `WAIT`
is about the writes of the connection that asks. So each asking writes something first: a replica that has that has
everything before it.
"""

from itertools import count

from storage.database import Database
from storage.keys import Keys

WAIT_MS = 200
"""How long the replicas are waited for; a message that they do not have by then is to come again."""
MARK_SECONDS = 60


def have_it(database: Database, keys: Keys) -> bool:
    """Whether as many replicas as were asked for have all that was written until now, by whomever.

    Nothing is asked where none is needed. Raises `StorageUnavailable`.
    """
    return not database.replicas or all(
        _has(primary.database, next(key for key in map(keys.mark, count()) if primary.keeps(key)), database.replicas)
        for primary in database.primaries()
    )


def _has(primary: Database, mark: str, needed: int) -> bool:
    _, reached = primary.together([("SET", mark, "", "EX", MARK_SECONDS), ("WAIT", needed, WAIT_MS)])
    return int(reached) >= needed
