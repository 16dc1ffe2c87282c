"""The album: what was sent during a play, as it was seen, a file for each kind of message and each picture."""

from collections.abc import Iterator

from bot.demo.proof import ARRIVED
from bot.demo.stage import DELIVERIES, Stage
from storage.models.pushes import Delivery


def fill_album(stage: Stage) -> None:
    """One copy of each occasion's message by each channel (`05-09-2100-bulletin-group_robot.txt`), and every picture
    (`05-09-2100-bulletin-light.png`), in the stage's folder of what was sent."""
    stage.sent.mkdir(mode=0o700)
    kept = stage.store.outbox.list(stage.campaign.id, limit=DELIVERIES)
    for name, content in (page for each in kept if each.status in ARRIVED for page in _page(stage, each)):
        (stage.sent / name).write_bytes(content)


def _page(stage: Stage, delivery: Delivery) -> Iterator[tuple[str, bytes]]:
    push = delivery.notification
    occasion = f"{stage.campaign.local(push.due_at):%m-%d-%H%M}"
    if not push.picture:
        yield f"{occasion}-{push.job}-{delivery.channel}.txt", stage.shown(delivery).encode()
        return
    kind, theme, _ = push.picture.split(":", 2)
    drawn = stage.store.pictures.content(stage.campaign.id, push.picture)
    if drawn and drawn in stage.people.platform.pictures(stage.recipient(delivery)):
        yield f"{occasion}-{kind}-{theme}.png", drawn
