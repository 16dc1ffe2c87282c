"""What is said by those who have a role, and by those who are given one: one pattern a want, as in `wants`."""

import re

from storage.teams import CODE_LETTERS

REGIONS = re.compile(
    r"辖区(?!(?:内|里)?(?:各|居民|商户|单位)|有?(?:哪|几个?[县区市街镇]))"
    r"|(?:哪[些几]?[个支]?|多少|几[个支])(?:单位|队伍?|团队|学校)(?:还|都)?(?:没有?|未)(?:上?报|交数|动)(?!名)"
    r"|谁(?:还|都)*(?:没有?|未)(?:上?报(?!名)|交)(?!钱|费)"
    r"|(?<![能以多])(?:有|共|现在|目前)(?:有|共)?(?:多少|几)[个支]?(?:队伍?|团队|战队)(?:了|[?吗呢]|$)"
)
"""How many teams there are, how many have not reported, and whatever is said of a coordinator's region."""
OWN_REGION = re.compile(
    r"我们?的?(?:负责|管|这个|这)?的?(?:县|区|市|州|街道|片区)(?:里|的|现在|目前|整体|总体)*"
    r"(?:情况|怎么样|数据|进展|如何|[呢?!。]*$)"
)
"""`我的县`, `我们县情况怎么样`: to a coordinator her region, to anybody else the standings."""


def _shown(what: str) -> re.Pattern[str]:
    """A line that asks to be shown one thing and says nothing else."""
    return re.compile(
        rf"^(?:还|现在|目前|有没有|有|哪些|哪个|谁|几[个支]|多少|队伍?|问题|看|查|请|给我|在)*(?:{what})"
        r"(?:的|名单|队伍?|问题|情况|还|都|有|没有|哪些|几[个支条]|多少|怎么样|吗|呢|了|[?!。, ])*$"
    )


WAITING = _shown("待审核?|等着?审核?|[要需]要?审核?的|没审核?的")
UNANSWERED = _shown("待答|待回答|[要需]要?回?答的|没回?答的|(?<=问题)没回?答")
_CODE = r"(?P<code># ?\d{1,9}|0\d{3,8})(?!\d)"
_OF_A_CODE = (
    rf"^(?:请|帮我|麻烦|把|将|让|给|队伍|编号|[:, ])*{_CODE}(?:号|这?[个支]?队伍?)?(?:可以|予以|审核|先|[:, ])*"
)
APPROVE = re.compile(rf"{_OF_A_CODE}(?:通过|同意)(?:一下|[吧了])*(?P<reason>)[\W_]*$")
REJECT = re.compile(rf"{_OF_A_CODE}(?:驳回|拒绝|不(?:予|能)?(?:通过|同意))(?:一下|[吧了])*[,:。! ]*(?P<reason>.*)$")
"""A verdict behind the code of the team: `0012 驳回 名称不规范`."""
_ALNUM = r"(?<![0-9A-Z])[0-9A-Z]{8}(?![0-9A-Z])"
BIND = re.compile(
    rf"(?:绑定|邀请)码?[^,。]{{0,4}}?[:, ]*{_ALNUM}|{_ALNUM}[,: ]*(?:绑定|是我?的?邀请码)"
    rf"|^(?!\d+[WK]?(?:YUAN|RMB|CNY)?\W*$)[{CODE_LETTERS}]{{8}}\W*$",
    re.IGNORECASE,
)
"""An invitation code behind its word, or alone: then it is no number, with or without a unit."""
