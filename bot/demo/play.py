"""Playing the scenes of a story on a stage, and noticing where the bot does not do what the story says."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from time import monotonic, sleep

from bot.demo.stage import Stage
from bot.demo.story import Allows, AsksForPicture, Follows, IsInvited, Notified, Pushed, Reports, Says, Scene
from bot.demo.telling import Teller
from bot.demo.templates import NOTICES
from handlers import pictures
from handlers.posters.drawing import can_draw
from storage.models.people import Grant
from storage.models.pushes import Delivery

PUSH_SECONDS = 10.0
SETTLED = {"sent", "mailbox"}
_CLAIM_CODE = re.compile(r"认领码交给队长：(\w+)")
_CODE_OF = re.compile(r"\{code:([^}]+)\}")
WAYS = {
    "customer_service": "客服消息",
    "subscription_notice": "订阅通知",
    "template_message": "模板消息",
    "group_robot": "群机器人",
    "mailbox": "信箱（下次回复时带出）",
}


class Play:
    """One performance. `faults` is what went otherwise than the story says, a line each."""

    def __init__(self, stage: Stage, teller: Teller) -> None:
        self._stage = stage
        self._tell = teller
        self._claim = ""
        self.faults: list[str] = []

    def play(self, scenes: Iterable[Scene]) -> None:
        for scene in scenes:
            self._stage.advance_to(scene.at)
            self._tell.scene(scene.title)
            for step in scene.steps:
                match step:
                    case Follows():
                        self._follow(step)
                    case Allows():
                        self._allow(step)
                    case IsInvited():
                        self._invite(step)
                    case Pushed():
                        self._await_push(scene.at, step)
                    case Notified():
                        self._await_notice(step)
                    case AsksForPicture():
                        self._ask_for_picture(step)
                    case Reports() if step.times > 1:
                        self._say_at_once(step)
                    case Says():
                        self._say(step)

    def _follow(self, step: Follows) -> None:
        person = self._stage.people[step.who]
        self._tell.said(person.name, "（关注了公众号）")
        self._heard(person.name, "关注", person.follow(), step.answer)

    def _invite(self, step: IsInvited) -> None:
        stage = self._stage
        grant = Grant(role="coordinator", region=step.region)
        person = stage.people[step.who]
        called = person.name.partition("（")[0]
        code = stage.store.people.invite(stage.campaign, grant, stage.store.clock.now(), called)
        self._tell.said(person.name, f"绑定 {code}")
        self._heard(person.name, "绑定", person.say(f"绑定 {code}"), ("已绑定",))

    def _allow(self, step: Allows) -> None:
        person = self._stage.people[step.who]
        self._tell.said(person.name, f"（在公众号文章里允许接收一次“{NOTICES[step.job]}”）")
        person.subscribe_popup({self._stage.settings.wechat_notices[step.job]: "accept"})

    def _ask_for_picture(self, step: AsksForPicture) -> None:
        if not can_draw():
            return
        person = self._stage.people[step.who]
        before, give_up = len(person.transcript), monotonic() + PUSH_SECONDS
        self._say(step)
        while not any(entry.picture for entry in person.transcript[before:]):
            if monotonic() > give_up:
                self._fault(f"{person.name} “{step.text}”: no picture after {PUSH_SECONDS:.0f} s")
                return
            sleep(0.05)
        self._tell.note(f"    {person.name} 收到图片")

    def _say(self, step: Says) -> None:
        person, text = self._stage.people[step.who], self._filled(step.text)
        self._tell.said(person.name, text)
        reply = person.say(text)
        if claim := _CLAIM_CODE.search(reply):
            self._claim = claim[1]
        self._heard(person.name, text, reply, step.answer)

    def _say_at_once(self, step: Reports) -> None:
        person, text = self._stage.people[step.who], self._filled(step.text)
        self._tell.said(person.name, f"{text}　（微信把这一条同时投递了{step.times}次）")
        fields = {"MsgType": "text", "Content": text}
        shown = {delivery.shown for delivery in person.send_copies(fields, step.times, at_once=True)}
        if len(shown) > 1:
            self._fault(f"{person.name} “{text}”, delivered {step.times} times: different replies")
        self._heard(person.name, text, shown.pop(), step.answer)

    def _heard(self, name: str, text: str, reply: str, expected: tuple[str, ...]) -> None:
        self._tell.answered(reply)
        missing = [part for part in expected if part not in reply]
        if missing:
            self._fault(f"{name} “{text}”: the reply lacks {'、'.join(missing)}")

    def _await_push(self, at: datetime, step: Pushed) -> None:
        """Wait for the worker to do it by itself, and show what it did."""
        name = f"{step.job} of {at:%m-%d %H:%M}"
        wanted = len(step.people) + len(step.robots)
        deliveries = self._await(name, wanted, lambda: self._stage.deliveries(step.job, at))
        if not deliveries:
            return
        text = deliveries[0].notification.text
        missing = [part for part in step.contains if part not in text]
        if missing:
            self._fault(f"{name} lacks {'、'.join(missing)}")
        if step.job == "bulletin" and step.robots and can_draw():
            self._await(f"the picture of {name}", len(step.robots), lambda: self._stage.deliveries(pictures.JOB, at))

    def _await_notice(self, step: Notified) -> None:
        name = f"{step.job} with {'、'.join(step.contains)}"
        self._await(name, len(step.people), lambda: self._stage.notices(step.job, step.contains))

    def _await(self, name: str, wanted: int, find: Callable[[], list[Delivery]]) -> list[Delivery]:
        """The deliveries once as many as wanted are settled, shown; none if it takes too long, which is a fault."""
        give_up = monotonic() + PUSH_SECONDS
        while True:
            deliveries = find()
            if sum(d.status in SETTLED for d in deliveries) >= wanted:
                break
            if monotonic() > give_up:
                self._fault(f"{name}: {len(deliveries)} of {wanted} pushes after {PUSH_SECONDS:.0f} s")
                return []
            sleep(0.05)
        ways = dict[str, list[str]]()
        for delivery in deliveries:
            robot = delivery.notification.robot
            who = robot or self._stage.person(delivery.notification.person).name
            ways.setdefault(WAYS[delivery.channel], []).append(who)
        self._tell.pushed(ways, deliveries[0].notification.text)
        return deliveries

    def _fault(self, fault: str) -> None:
        self.faults.append(fault)
        self._tell.result(f"    ✗ {fault}", good=False)

    def _filled(self, text: str) -> str:
        """A line with the codes that only the play knows."""
        codes = {team.unit: team.code for team in self._stage.teams()}
        return _CODE_OF.sub(lambda m: codes.get(m[1], "0000"), text).replace("{claim}", self._claim)
