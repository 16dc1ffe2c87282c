"""What of a server could lose an acknowledged report or stop taking them, each finding with its mend.

Looked at before a start, by `yidui check`, and while it runs: an external server can be changed by others at any time.
"""

from ipaddress import ip_address

from redis.exceptions import ResponseError

from storage.database import Database, Durability, StorageRefused, version_numbers
from storage.keys import Keys
from storage.replicas import WAIT_MS, have_it

LEAST_MEMORY = 256_000_000
"""Bytes: a city of 3 000 teams over a drive of weeks (2.2 KB a report), with room for the server's own work."""
NEARLY_FULL = 0.8
EMPTY_KEYS, WRITTEN_BYTES = 1000, 1_000_000
"""A database of fewer keys whose append-only file is longer than this held something before."""


def check_durability(client: Database, durability: Durability, embedded: bool) -> list[str]:
    """What could lose an acknowledged report on this server, each finding with its mend; empty is good."""
    findings = [finding for primary in client.primaries() for finding in _check_server(primary.database, durability)]
    if embedded:
        return [f"the embedded server was changed by hand: {finding}" for finding in findings]
    return findings


def check_failover(client: Database, fails_over: bool) -> list[str]:
    """Whether a replica could take over that lacks what was acknowledged. `fails_over`: one does so by itself."""
    replicas = [int(primary.database.info("replication")["connected_slaves"]) for primary in client.primaries()]
    if not fails_over or client.replicas or not any(replicas):
        return []
    return [
        "a replica takes over where the primary fails, and may lack the last reports: YIDUI_REDIS_REPLICAS=1, so that "
        "nothing is acknowledged before one has it"
    ]


def check_replicas(client: Database, keys: Keys) -> list[str]:
    """Whether the replicas that were asked for have what is written; without them no report is acknowledged."""
    try:
        if have_it(client, keys, client.opened()):
            return []
    except StorageRefused as error:
        return [f"nothing can be written, so no replica was asked: {error}"]
    return [
        f"fewer than {client.replicas} replicas have what is written within {WAIT_MS} ms, and without them no report "
        "is acknowledged: start them, or look at the line between (INFO replication)"
    ]


def _check_server(client: Database, durability: Durability) -> list[str]:
    server, memory, persistence = (client.info(section) for section in ("server", "memory", "persistence"))
    findings = []
    version = str(server["redis_version"])
    if version_numbers(version) < (6, 2):
        findings.append(f"Redis {version} is too old: install 6.2 or newer")
    if not persistence["aof_enabled"]:
        findings.append("the append-only file is off: CONFIG SET appendonly yes, and the same in redis.conf")
    findings += _check_appendfsync(client, durability)
    if memory["maxmemory_policy"] != "noeviction":
        findings.append(
            f"maxmemory-policy is {memory['maxmemory_policy']}, so data may vanish when memory is full: "
            "CONFIG SET maxmemory-policy noeviction, and the same in redis.conf"
        )
    return findings


def _check_appendfsync(client: Database, durability: Durability) -> list[str]:
    try:
        appendfsync = client.config_get("appendfsync").get("appendfsync", "unknown")
    except (StorageRefused, ResponseError):
        appendfsync = "unknown"
    if appendfsync == "always" or (durability == "everysec" and appendfsync in {"everysec", "unknown"}):
        return []
    return [
        f"appendfsync is {appendfsync}, so the last moments may be lost: CONFIG SET appendfsync always, "
        "and the same in redis.conf; or accept losing a second: everysec, and YIDUI_REDIS_DURABILITY=everysec"
    ]


def check_memory(client: Database) -> list[str]:
    """Whether there is room for what is to come; without room nothing is booked any more."""
    return [finding for primary in client.primaries() for finding in _check_room(primary.database)]


def _check_room(client: Database) -> list[str]:
    memory = client.info("memory")
    limit, used, machine = (int(memory.get(name, 0)) for name in ("maxmemory", "used_memory", "total_system_memory"))
    findings = []
    if 0 < limit < LEAST_MEMORY:
        findings.append(
            f"maxmemory is {_megabytes(limit)}, too little for a drive: CONFIG SET maxmemory {LEAST_MEMORY} or more "
            "(0: as much as the machine has), and the same in redis.conf"
        )
    if (room := limit or machine) and used > NEARLY_FULL * room:
        findings.append(
            f"memory is nearly full ({_megabytes(used)} of {_megabytes(room)}), and without it nothing is booked: "
            + ("raise maxmemory, and the same in redis.conf" if limit else "give the machine more")
        )
    return findings


def check_access(client: Database) -> list[str]:
    """Whether strangers could read and write everything."""
    return [finding for primary in client.primaries() for finding in _check_entry(primary.database)]


def _check_entry(client: Database) -> list[str]:
    reached = client.connection_pool.connection_kwargs
    if reached.get("password") or "path" in reached or _is_loopback(str(reached.get("host", "localhost"))):
        return []
    return [
        f"{reached['host']} asks for no password, so whoever reaches it reads and writes everything: requirepass in "
        "redis.conf, and redis://:PASSWORD@… in YIDUI_REDIS_URL"
    ]


def check_presence(client: Database, keys: Keys) -> list[str]:
    """Whether the database is still what it was: emptied by mistake, it looks like one that is still to be born."""
    if client.exists(keys.stamp(), keys.campaigns()) or client.dbsize() > EMPTY_KEYS:
        return []
    written = int(client.info("persistence").get("aof_current_size", 0))
    if written < WRITTEN_BYTES:
        return []
    return [
        f"the database is empty, and its append-only file holds {_megabytes(written)}: was it emptied (FLUSHALL)? Stop "
        "Yidui and do not let Redis rewrite the file; docs/deploy.md tells how to go back (When something is wrong). "
        "If it is meant to be empty: BGREWRITEAOF, or another YIDUI_DATA_DIR"
    ]


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
