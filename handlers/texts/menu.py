"""The account's menu: a name and the word it says, or a name and what it opens."""

Menu = tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]
_STANDINGS = (
    ("战报", "战报"),
    ("海报", "海报"),
    ("队伍排行", "排行"),
    ("县区排行", "县区排行"),
    ("项目排行", "项目排行"),
)
_MINE = (
    ("进度和排名", "我的队伍"),
    ("我队海报", "我队海报"),
    ("订阅战报", "订阅"),
    ("中午也收", "订阅 午间"),
    ("每期都收", "订阅 全部"),
)
_HELP = (
    ("能说什么", "帮助"),
    ("活动规则", "规则"),
    ("联系人", "联系人"),
    ("组队二维码", "二维码"),
    ("退订战报", "退订"),
)
MENU: Menu = (("我的队伍", _MINE), ("榜单战报", _STANDINGS), ("帮助", _HELP))
MENU_OF_COORDINATORS: Menu = (
    (
        "我的辖区",
        (
            ("辖区汇总", "我的辖区"),
            ("等我处理", "待办"),
            ("今天未报", "未报"),
            ("待审队伍", "待审"),
            ("我的队伍", "我的队伍"),
        ),
    ),
    ("榜单战报", _STANDINGS),
    ("帮助", _HELP),
)
COORDINATORS_TAG = "益队协调员"
