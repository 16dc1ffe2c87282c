"""The templates of the rehearsed account: by what subscription notices and template messages are shown on a stage."""

from bot.settings import Settings
from bot.simulator.platform import Platform
from scheduler.channels import SubscriptionNoticeChannel, TemplateMessageChannel
from scheduler.channels.template_fields import fill
from storage.models.pushes import Delivery

NOTICES = {"bulletin": "战报通知"}
"""What people may allow once: the title of the template for each job."""
MESSAGES = {"deadline-reminder": "登记截止提醒"}
_KEYWORDS = (("thing1", "活动"), ("time2", "时间"), ("thing3", "内容"))


def put_in_use(platform: Platform) -> dict[str, str]:
    """As an operator does in WeChat's console; the settings that name them."""
    kinds = (("wechat_notices", platform.notices, NOTICES), ("wechat_templates", platform.templates, MESSAGES))
    return {
        setting: ",".join(f"{job}={kept.add(title, _KEYWORDS)}" for job, title in titles.items())
        for setting, kept, titles in kinds
    }


def shown(platform: Platform, settings: Settings, delivery: Delivery) -> str:
    """What its recipient sees of a push that arrived, in words."""
    push = delivery.notification
    if delivery.channel == SubscriptionNoticeChannel.name:
        template = platform.notices.find(settings.wechat_notices[push.job])
    elif delivery.channel == TemplateMessageChannel.name:
        template = platform.templates.find(settings.wechat_templates[push.job])
    else:
        return push.markdown or push.text
    return template.render(fill([key for key, _ in template.keywords], push))
