"""A small campaign with Zhaotong's regions and projects, built in code: these tests read no campaign file."""

import pytest

from storage.campaign_document import Organiser, Policy, Project, Region
from storage.campaign_schema import Campaign

_COUNTIES = {
    "zhaoyang": "昭阳区",
    "ludian": "鲁甸县",
    "qiaojia": "巧家县",
    "yanjin": "盐津县",
    "daguan": "大关县",
    "yongshan": "永善县",
    "suijiang": "绥江县",
    "zhenxiong": "镇雄县",
    "yiliang": "彝良县",
    "weixin": "威信县",
    "shuifu": "水富市",
}


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    counties = [Region(id=key, name=name) for key, name in _COUNTIES.items()]
    city = Region(id="shizhi", name="市直", aliases=("市本级", "市级"), bucket=True)
    return Campaign(
        id="zhaotong-2024",
        name="昭通市2024年“5·8人道公益日”互联网筹款",
        short="昭通5·8",
        year=2024,
        level="市",
        platform="腾讯公益",
        document="通知",
        area="昭通市",
        organisers=(Organiser(name="昭通市红十字会"),),
        regions=(*counties, city),
        projects=(
            Project(id="nuan", name="人道暖昭通", purpose="保护人的生命与健康"),
            Project(id="xing", name="博爱昭通行", purpose="服务和改善民生"),
            Project(id="lvmei", name="博爱乌蒙·绿美昭通", parent="xing", purpose="绿化美化"),
            Project(id="jia", name="打造乡村寄宿孩子的第二个家", parent="xing", purpose="床铺和储物柜"),
            Project(id="tongxiang", name="童享阳光", parent="xing", purpose="儿童之家"),
            Project(
                id="laoxiao",
                name="慈善关爱“一老一小”",
                aliases=("慈善关爱一小一老", "一老一小", "一小一老"),
                purpose="困境老人和困境儿童",
            ),
        ),
        policy=Policy(voluntary="自愿"),
    )
