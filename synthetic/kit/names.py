"""What are made-up people called?

A surname drawn by its weight in China, then 示 or 例 ("an example"), then one or two plain signs: nobody can take
王示松 for a person of the register. The weights, in hundredths of a percent, are those of the Faker project's zh_CN
provider (MIT licence, © 2012 Daniele Faraglia): the 111 surnames of 0.14 % and more, the tail left out.
"""

import re
from bisect import bisect
from itertools import accumulate
from random import Random
from typing import Final

_WEIGHTED: Final = (
    "王717 李700 张674 刘510 陈461 杨322 黄245 吴200 赵200 周190 徐145 孙138 马129 朱128 胡116 林113 郭113 何106 "
    "高100 罗95 郑93 梁85 谢76 宋70 唐69 许66 邓62 冯62 韩61 曹60 曾58 彭58 萧56 蔡53 潘52 田52 "
    "董51 袁50 于48 余48 叶48 蒋48 杜47 苏46 魏45 程45 吕45 丁43 沈41 任41 姚40 卢40 傅40 钟40 "
    "姜39 崔38 谭38 廖37 范36 汪36 陆36 金35 石34 戴34 贾33 韦32 夏32 邱32 方31 侯30 邹30 熊29 "
    "孟29 秦29 白28 江28 阎27 薛26 尹26 段24 雷24 黎22 史21 龙21 陶21 贺21 顾20 毛20 郝20 龚20 "
    "邵20 万19 钱19 严19 赖18 覃18 洪18 武18 莫18 孔17 汤17 向17 常16 温16 康16 施15 文15 牛15 "
    "樊15 葛15 邢14"
)
_PAIRS: Final[list[tuple[str, str]]] = re.findall(r"(\D)(\d+)", _WEIGHTED.replace(" ", ""))
SURNAMES: Final = tuple(sign for sign, _ in _PAIRS)
_BOUNDS: Final = tuple(accumulate(int(weight) for _, weight in _PAIRS))
_MARKS: Final = "示例"
_GIVEN: Final = (
    "松柏桐槐榆柳竹兰荷菊梅茶稻禾麦谷桑麻葵苗山川江河溪泉湖池云雨霜露晨曦星月春夏秋冬东南西北青蓝白丹石玉岩田"
)
_LONG: Final = 0.4  # share of names with two signs behind the mark


def surname(random: Random) -> str:
    """One surname, as often as it is borne."""
    return SURNAMES[bisect(_BOUNDS, random.random() * _BOUNDS[-1])]


def given(random: Random) -> str:
    """A given name that is visibly an example."""
    name = _pick(random, _MARKS) + _pick(random, _GIVEN)
    return name + _pick(random, _GIVEN) if random.random() < _LONG else name


def _pick(random: Random, signs: str) -> str:
    return signs[int(random.random() * len(signs))]
