"""The word of the replicas: that they have what is about to be acknowledged, so that a failover cannot lose it.

Whoever answers by what another connection wrote (a repetition that finds the outcome of its op_id) needs it too: `WAIT`
is about the writes of the connection that asks. So each asking writes something first: a replica that has that has
everything before it. And it asks the server that gave the answer: after a failover the new primary's replicas have all
that it has, and say nothing of what the old one alone had.
"""

from itertools import count

from storage.database import Database, Opened, Primary, StorageUnavailable
from storage.keys import Keys

WAIT_MS = 200
"""How long the replicas are waited for; a message that they do not have by then is to come again."""
MARK_SECONDS = 60


def have_it(database: Database, keys: Keys, opened: Opened) -> bool:
    """Whether as many replicas as were asked for have all that was written until now, by whomever.

    `opened`: `Database.opened` when what is to be acknowledged had been read or written. Nothing is asked where no
    replica is needed. Raises `StorageUnavailable`, also where this thread's connection is another by now, or
    leads to a server of a cluster that keeps nothing any more.
    """
    if not database.replicas:
        return True
    had = [_has(database, primary, keys) for primary in database.primaries()]
    now = database.opened()
    if any(times and now.get(server) != times for server, times in opened.items()):
        raise StorageUnavailable("another server may have answered: what it knows is asked anew")
    return all(had)


def _has(database: Database, primary: Primary, keys: Keys) -> bool:
    """Whoever has lost its replicas may be the primary no more: it is asked nothing else on this connection."""
    mark = next(key for key in map(keys.mark, count()) if primary.keeps(key))
    _, reached = database.asked(primary, [("SET", mark, "", "EX", MARK_SECONDS), ("WAIT", database.replicas, WAIT_MS)])
    if int(reached) < database.replicas:
        primary.database.connection_pool.hang_up()
    return int(reached) >= database.replicas
