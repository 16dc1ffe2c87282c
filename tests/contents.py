"""What a database holds, as one digest a key, whatever server and encoding it lies in."""

from hashlib import sha256

from storage.database import Database

READERS = {
    "string": lambda client, key: client.get(key),
    "hash": lambda client, key: sorted(client.hgetall(key).items()),
    "set": lambda client, key: sorted(client.smembers(key)),
    "list": lambda client, key: client.lrange(key, 0, -1),
    "zset": lambda client, key: client.zrange(key, 0, -1, withscores=True),
    "stream": lambda client, key: client.xrange(key),
}


def contents(client: Database) -> dict[str, str]:
    """Every key that does not lapse by itself."""
    return {key: digest(client, key) for key in client.scan_iter() if client.ttl(key) == -1}


def digest(client: Database, key: str) -> str:
    kind = client.type(key)
    return sha256(f"{kind} {READERS[kind](client, key)}".encode()).hexdigest()


def fingerprint(client: Database) -> str:
    """One digest of all of it."""
    return sha256(str(sorted(contents(client).items())).encode()).hexdigest()
