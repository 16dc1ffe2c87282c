"""Whether a report says that its figure was made to look so: gifts that are paid back, split or clicked together.

Such a figure is refused with the campaign's rule, and the coordinators are told. What the campaign bought and has to
account for, or a gift given by mistake, is none of it.
"""

import re

_MADE = re.compile(
    "拆单|拆[成分](?:了)?[0-9一二三四五六七八九十百千几多]+[笔份单次]|刷单|[刷套]配捐|刷出来|刷(?:了)?(?:人次|笔数|单量|数据|到[0-9])"
)
_PAID_BACK = re.compile("(?:捐|垫|凑|筹|元|[0-9])[^。;!?\n]{0,12}(?:报销|返还|退还给|还给职工)")
_HONEST = re.compile(
    "[误错多]捐|捐[错多重]|花了|花费|费用|[餐车印场][^,。]{0,2}费|发票|收据|横幅|展板|物料|材料|打印|要求|申请"
)


def tells_of_farming(text: str) -> bool:
    """Of a normalised report."""
    return bool(_MADE.search(text) or (_PAID_BACK.search(text) and not _HONEST.search(text)))
