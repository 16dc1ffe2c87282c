"""The stories there are, by the id of their campaign: the one table of them."""

from collections.abc import Mapping

from bot.demo import erqi, ezhou, sichuan, suining, zhaotong
from bot.demo.story import Story

STORIES: Mapping[str, Story] = {
    story.campaign: story for story in (zhaotong.STORY, ezhou.STORY, erqi.STORY, suining.STORY, sichuan.STORY)
}
