"""What is wrong with an installation before it runs, each finding with its mend; and what it can push."""

from collections.abc import Iterator, Sequence

from bot import online
from bot.cli.session import as_it_stands
from bot.findings import Finding, damaged
from bot.settings import PREFIX, Settings, SettingsError
from bot.status import children_down
from handlers.books.sheets import unknown_columns
from handlers.posters.drawing import can_draw
from scheduler import plan_findings
from scheduler.channels import CHANNELS
from scheduler.channels.template_message import DIGESTS
from storage import Store
from storage.campaign_files import CampaignFileError, read_folder
from storage.campaign_schema import Campaign
from storage.database import StorageError
from storage.departures import FILE as DEPARTED
from storage.durability import (
    check_access,
    check_durability,
    check_failover,
    check_memory,
    check_presence,
    check_replicas,
)
from storage.keeping import ODD_DAYS
from storage.mending import CUT_OFF

UNREADABLE_SHOWN, CONTENT_SHOWN = 5, 200
"""Dead letters that are shown, and characters of each."""


def check(settings: Settings, ask_wechat: bool) -> Iterator[Finding]:
    """Everything that can be known before the installation runs; `ask_wechat` also what only WeChat knows."""
    yield _webhook(settings)
    yield from _old_secrets(settings)
    campaigns = list(_read_files(settings))
    yield from (finding for finding, _ in campaigns)
    yield _reach(settings)
    yield _console(settings)
    yield _pictures()
    yield from _digests(settings)
    yield from _kept_oddly([campaign for _, campaign in campaigns if campaign is not None])
    yield from _plans(settings, [campaign for _, campaign in campaigns if campaign is not None])
    yield from _hooks(settings, [campaign for _, campaign in campaigns if campaign is not None])
    yield from _choices([campaign for _, campaign in campaigns if campaign is not None])
    yield from (Finding(False, f"serve: {reason}") for reason in children_down(settings.data_dir))
    try:
        with as_it_stands(settings) as store:
            yield from _redis(settings, store)
            yield from _schema(store)
            yield from _people(store)
            yield from _unread(store)
            yield from _alerts(store)
            yield from _unreadable(store)
            if ask_wechat:
                yield from online.ask(settings, store)
    except StorageError as error:
        yield Finding(False, f"Redis: {error}")
    except (ValueError, KeyError, TypeError) as error:
        yield Finding(False, f"Redis: {damaged(error)}")
    yield from _cut_off(settings)


def _webhook(settings: Settings) -> Finding:
    try:
        settings.require_webhook()
    except SettingsError as error:
        return Finding(False, f"settings: {error}")
    account = f"{settings.wechat_account}, {settings.wechat_mode} mode, {settings.mode}"
    return Finding(True, f"settings: {settings.wechat_appid or 'no appid'} ({account})")


def _old_secrets(settings: Settings) -> Iterator[Finding]:
    """What is valid beside the present Token and key for as long as it stands here."""
    for name in ("WECHAT_TOKEN", "WECHAT_AES_KEY"):
        if getattr(settings, f"{name}_OLD".lower()).get_secret_value():
            mend = f"take {PREFIX}{name}_OLD out and restart once the console has had the new one for a day"
            yield Finding(True, f"settings: the old {name} is still let in; {mend}")


def _read_files(settings: Settings) -> Iterator[tuple[Finding, Campaign | None]]:
    files = list(read_folder(settings.campaign_dir))
    if not files:
        mend = f"put some there, or set {PREFIX}CAMPAIGN_DIR to a folder of campaigns"
        yield Finding(False, f"campaigns: none in {settings.campaign_dir}; {mend}"), None
    for path, read in files:
        if isinstance(read, CampaignFileError):
            for line in read.findings:
                yield Finding(False, f"campaign file {line}"), None
        else:
            yield Finding(True, f"campaign file {path.name}: {read.id}"), read


def _reach(settings: Settings) -> Finding:
    """What this kind of account can push. An unverified one has no way to a person but the mailbox."""
    set_up = {
        "template_message": settings.wechat_templates,
        "subscription_notice": settings.wechat_notices,
        "hook": settings.hooks,
    }
    names = [
        entry.means for entry in CHANNELS if settings.wechat_account in entry.accounts and set_up.get(entry.name, True)
    ]
    last = "the mailbox (shown with a person's next reply)"
    return Finding(
        True, f"pushes: {', '.join(names)}, {last}; {settings.wechat_account}, as it is set up, has no other way"
    )


def _console(settings: Settings) -> Finding:
    """Whether coordinators may come in by a browser: live only where what lets them in is not sent in the clear."""
    if settings.console_address:
        return Finding(True, f"console: {settings.console_address}/console, entered by 工作台")
    mend = f"for one set {PREFIX}PUBLIC_URL to the https address of this site"
    return Finding(True, f"console: none, 工作台 says so; {mend}")


def _pictures() -> Finding:
    """Whether posters can be drawn here; nothing else hangs on it."""
    if can_draw():
        return Finding(True, "pictures: 海报 is drawn by the worker")
    return Finding(True, "pictures: none, 海报 says so; for them install the extra: pip install 'yidui[pictures]'")


def _digests(settings: Settings) -> Iterator[Finding]:
    """WeChat punishes template messages that are nobody's own business."""
    for job in sorted(DIGESTS & settings.wechat_templates.keys()):
        yield Finding(
            False,
            f"{PREFIX}WECHAT_TEMPLATES: {job} may not go out as a template message; take it out, "
            f"or give it a subscription notice in {PREFIX}WECHAT_NOTICES",
        )


def _plans(settings: Settings, campaigns: Sequence[Campaign]) -> Iterator[Finding]:
    """Robots and jobs that campaign files name, but that are not there."""
    for campaign in campaigns:
        robots = {robot for push in campaign.pushes for robot in push.robots} | set(campaign.incidents.robots)
        for robot in sorted(robots - settings.wecom_robots.keys()):
            yield Finding(
                False,
                f"{campaign.id}: the group robot {robot!r} is not configured; add {robot}=KEY to "
                f"{PREFIX}WECOM_ROBOTS, or take it out of the campaign file",
            )
        yield from (Finding(False, f"{campaign.id}: {line}") for line in plan_findings.findings(campaign))


def _hooks(settings: Settings, campaigns: Sequence[Campaign]) -> Iterator[Finding]:
    """Hooks of campaign files without a secret, and those to which a live installation posts nothing."""
    for campaign in campaigns:
        for hook in campaign.hooks:
            if hook.name not in settings.hooks:
                mend = f"add {hook.name}=SECRET to {PREFIX}HOOKS, or take it out of the campaign file"
                yield Finding(False, f"{campaign.id}: the hook {hook.name!r} has no secret; {mend}")
            if settings.mode == "live" and not hook.url.startswith("https:"):
                yield Finding(False, f"{campaign.id}: the hook {hook.name!r} is not https; write https:// in its url")


def _choices(campaigns: Sequence[Campaign]) -> Iterator[Finding]:
    """Sheets and columns that campaign files choose, but that no book has."""
    for campaign in campaigns:
        for wrong in unknown_columns(campaign):
            yield Finding(False, f"{campaign.id}: {wrong}")


def _kept_oddly(campaigns: Sequence[Campaign]) -> Iterator[Finding]:
    """How long people's data is kept, where that is very short or very long."""
    least, most = ODD_DAYS
    for campaign in campaigns:
        days = campaign.privacy.keep_people_days
        if not least <= days <= most:
            short = (
                "the office can ring no captain while the drive is settled"
                if days < least
                else "nobody needs it so long"
            )
            yield Finding(
                False,
                f"{campaign.id}: [privacy] keep_people_days is {days}, and {short}; set {least} to {most}, usually 180",
            )


def _people(store: Store) -> Iterator[Finding]:
    """Names and telephones that are kept longer than was promised, and who left without being listed for a restore."""
    now = store.clock.now()
    if left := store.database.hlen(store.keys.departed()):
        mend = f"is the worker running, and can it write {DEPARTED} in {PREFIX}DATA_DIR?"
        yield Finding(False, f"{left} who left are not listed beside the database yet; {mend}")
    for campaign, until in store.keeping.overdue(now).items():
        mend = "is the worker running? it erases them every hour"
        yield Finding(False, f"{campaign}: names and telephones were to go on {until:%Y-%m-%d} and are there; {mend}")
    for campaign, last in store.keeping.never_closed(now).items():
        mend = f"close it, from then on the time runs: yidui campaign close {campaign}"
        yield Finding(False, f"{campaign}: names and telephones are kept, its last day was {last:%Y-%m-%d}; {mend}")


def _redis(settings: Settings, store: Store) -> Iterator[Finding]:
    embedded = not settings.redis_url.get_secret_value()
    told = store.database.info("server")
    version = f"Valkey {told['valkey_version']}" if "valkey_version" in told else told["redis_version"]
    findings = check_durability(store.database, settings.redis_durability, embedded)
    findings += check_failover(store.database, settings.redis_fails_over)
    around = [*check_presence(store.database, store.keys), *check_memory(store.database), *check_access(store.database)]
    alone = check_replicas(store.database, store.keys)
    yield from (Finding(False, f"Redis: {finding}") for finding in (*findings, *around, *alone))
    if not findings:
        kind = "embedded" if embedded else "external"
        yield Finding(True, f"Redis: {version}, {kind}, durable ({settings.redis_durability}), no eviction")
    if (needed := settings.redis_replicas) and not alone:
        yield Finding(
            True, f"Redis: nothing is acknowledged before {needed} of its replicas have it; they answer in time"
        )


def _cut_off(settings: Settings) -> Iterator[Finding]:
    """What a power failure left at the end of the append-only file, until somebody has looked at it."""
    for kept in sorted(settings.data_dir.glob(CUT_OFF)):
        mend = "nobody was told that it was booked; look at it (yidui audit verify ID too), then delete the file"
        yield Finding(
            False, f"Redis: {kept.stat().st_size} bytes of a torn write were cut off and lie in {kept}; {mend}"
        )


def _schema(store: Store) -> Iterator[Finding]:
    """Whether this program and the database fit, and what carrying it over left for a person to decide."""
    version, newest = store.schema.version(), len(store.schema.steps)
    told = "" if version == newest else f"; the next start carries it over to {newest}, so make a backup before"
    yield Finding(True, f"database: schema version {version}{told}")
    yield from (Finding(True, f"database: {finding}") for finding in store.schema.findings())


def _unread(store: Store) -> Iterator[Finding]:
    """Campaigns that are published and cannot be read: they alone are not served."""
    for cid, why in store.campaigns.unreadable().items():
        mend = f"mend its file, and: yidui campaign publish {cid}"
        yield Finding(False, f"campaign {cid}: what is published cannot be read: {why}; {mend}")


def _alerts(store: Store) -> Iterator[Finding]:
    """What stood still lately, as the running processes saw it."""
    for alert in store.alerts.standing():
        code = f"{alert.code} " if alert.code else ""
        seen = alert.at.astimezone().isoformat(sep=" ", timespec="minutes")
        yield Finding(False, f"{alert.source} stands still: {code}{alert.text}; {alert.mend} (last seen {seen})")


def _unreadable(store: Store) -> Iterator[Finding]:
    """What surely came from WeChat this week and could not be read."""
    for letter in store.dead_letters.newest(UNREADABLE_SHOWN):
        came = letter.at.astimezone().isoformat(sep=" ", timespec="minutes")
        mend = f"is {PREFIX}WECHAT_AES_KEY the one in the console?" if not letter.content else letter.content
        yield Finding(False, f"WeChat sent at {came} what cannot be read: {letter.reason}; {mend[:CONTENT_SHOWN]}")
