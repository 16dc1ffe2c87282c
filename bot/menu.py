"""The account's menu as Yidui publishes it: everybody's, and the coordinators' by tag. Its keys are words."""

from bot.wechat.menus import Button, Menu, Menus
from bot.wechat.users import Users
from handlers import texts
from storage import Store


def default_menu() -> Menu:
    return _menu(texts.menu.MENU)


def coordinators_menu() -> Menu:
    return _menu(texts.menu.MENU_OF_COORDINATORS)


def coordinators(store: Store) -> set[str]:
    """The openids of everybody with a role in a published campaign."""
    ids = {person for cid in store.campaigns.published() for person in store.people.coordinators(cid)}
    return set(store.people.openids(sorted(ids)).values())


def publish(store: Store, menus: Menus, users: Users) -> int:
    """Bring tag and menus to what they should be, and again; how many coordinators have theirs. Raises `SendError`."""
    tag = users.tag_named(texts.menu.COORDINATORS_TAG)
    wanted, tagged = coordinators(store), users.tagged(tag)
    users.untag(tag, sorted(tagged - wanted))
    users.tag(tag, sorted(wanted - tagged))
    menus.publish(default_menu(), {tag: coordinators_menu()})
    return len(wanted)


def _menu(shown: texts.menu.Menu) -> Menu:
    """A pair of name and word is a button; of name and pairs, one that opens them."""
    return tuple(
        Button(name, below)
        if isinstance(below, str)
        else Button(name, buttons=tuple(Button(sub, word) for sub, word in below))
        for name, below in shown
    )
