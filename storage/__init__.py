"""storage remembers: the facts, and the rules that must hold atomically. It imports nothing of the house; only it
knows redis.
"""

from storage.store import Store

__all__ = ["Store"]
