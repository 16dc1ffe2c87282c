"""`yidui demo`: a campaign's story, played by rehearsed people on a real installation, and proved at the end."""

from bot.demo.demo import Wishes, run

__all__ = ["Wishes", "run"]
