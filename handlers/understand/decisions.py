"""A coordinator's verdict on a team, said in a sentence: its code, the word, and a reason behind it."""

import re

_CODE = r"(?P<code># ?\d{1,9}|0\d{3,8})(?!\d)"
_OF_A_CODE = (
    rf"^(?:请|帮我|麻烦|把|将|让|给|队伍|编号|[:, ])*{_CODE}(?:号|这?[个支]?队伍?)?(?:可以|予以|审核|先|[:, ])*"
)
APPROVE = re.compile(rf"{_OF_A_CODE}(?:通过|同意)(?:一下|[吧了])*(?P<reason>)[\W_]*$")
REJECT = re.compile(rf"{_OF_A_CODE}(?:驳回|拒绝|不(?:予|能)?(?:通过|同意))(?:一下|[吧了])*[,:。! ]*(?P<reason>.*)$")
"""A verdict behind the code of the team: `0012 驳回 名称不规范`."""
