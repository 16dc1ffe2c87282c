"""The account's menu: a name and the word it says, or a name and what it opens."""

Menu = tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]
_STANDINGS = (
    ("战报", "战报"),
    ("队伍排行", "排行"),
    ("县区排行", "县区排行"),
    ("项目排行", "项目排行"),
    ("增长榜", "增长榜"),
)
_HELP = (
    ("能说什么", "帮助"),
    ("活动规则", "规则"),
    ("联系人", "联系人"),
    ("组队二维码", "二维码"),
    ("订阅战报", "订阅"),
)
MENU: Menu = (("我的队伍", "我的队伍"), ("榜单战报", _STANDINGS), ("帮助", _HELP))
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
