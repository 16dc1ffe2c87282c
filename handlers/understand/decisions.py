"""A coordinator's verdict said in a sentence: the code of a team or the number of a matter, the word, and a reason."""

import re

_CODE = r"(?P<code># ?\d{1,9}|0\d{3,8}|[dD] ?\d{1,6})(?!\d)"
_OF_A_CODE = (
    rf"^(?:请|帮我|麻烦|把|将|让|给|队伍|编号|[:, ])*{_CODE}(?:号|这?[个支]?队伍?)?(?:可以|予以|审核|先|[:, ])*"
)
APPROVE = re.compile(rf"{_OF_A_CODE}(?:通过|同意)(?:一下|[吧了])*(?P<reason>)[\W_]*$")
REJECT = re.compile(
    rf"{_OF_A_CODE}(?:驳回|退回|拒绝|不(?:予|能)?(?:通过|同意))(?:一下|[吧了])*[,:。! ]*(?P<reason>.*)$"
)
"""A verdict behind what it is about: `0012 驳回 名称不规范`, `D12 退回 人次不对`."""
