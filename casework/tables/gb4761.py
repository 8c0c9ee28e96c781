"""What does a two-digit code of family relationship (GB/T 4761-2008, 家庭关系代码) mean in the contract's words?

The household register writes 女婿 among the sons (28) and 儿媳 among the daughters (38). The one-digit codes are not
read: in a workbook 01 (oneself) typed as a number is 1, which would be the spouse. Step and adoptive ties count as
ties. Codes without a word in the contract are `other`: great-grandparents and -grandchildren, uncles, cousins, nephews.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from casework.tables.schema import Option

OTHER: Final = "other"
CODES: Final[Mapping[str, tuple[str, ...]]] = {  # contract code -> "code label", further labels after /
    "head": ("01 本人", "02 户主", "03 小集体户户主"),  # 03: GB 4761-84
    "spouse": ("10 配偶", "11 夫/丈夫", "12 妻/妻子"),
    "child": (
        *(
            "20 子/儿子",
            "21 独生子",
            "22 长子",
            "23 次子/二子",
            "24 三子",
            "25 四子",
            "26 五子",
            "27 养子或继子/养子/继子",
        ),
        *("29 其他儿子", "30 女/女儿", "31 独生女", "32 长女", "33 次女/二女", "34 三女", "35 四女", "36 五女"),
        *("37 养女或继女/养女/继女", "39 其他女儿"),
    ),
    "child_in_law": ("28 女婿", "38 儿媳"),
    "grandchild": (
        "40 孙子、孙女或外孙子、外孙女",
        *("41 孙子", "42 孙女", "43 外孙子/外孙", "44 外孙女", "49 其他孙子、孙女或外孙子、外孙女"),
    ),
    "parent": (
        *("50 父母", "51 父亲/父", "52 母亲/母", "57 继父或养父/继父/养父", "58 继母或养母/继母/养母"),
        "59 其他父母关系",
    ),
    "parent_in_law": ("53 公公", "54 婆婆", "55 岳父", "56 岳母"),
    "grandparent": (
        *("60 祖父母或外祖父母", "61 祖父", "62 祖母", "63 外祖父", "64 外祖母", "69 其他祖父母或外祖父母关系"),
    ),
    "sibling": (
        "70 兄弟姐妹/兄、弟、姐、妹",
        "71 兄/哥哥",
        "73 弟/弟弟",
        "75 姐姐/姐",
        "77 妹妹/妹",
        "79 其他兄弟姐妹",
    ),
    "sibling_in_law": ("72 嫂/嫂子", "74 弟媳", "76 姐夫", "78 妹夫"),
    OTHER: (
        *("45 孙媳妇或外孙媳妇", "46 孙女婿或外孙女婿", "47 曾孙子或外曾孙子", "48 曾孙女或外曾孙女"),
        *("65 配偶的祖父母或外祖父母", "66 曾祖父", "67 曾祖母", "68 配偶的曾祖父母或外曾祖父母", "80 其他"),
        *("81 伯父", "82 伯母", "83 叔父", "84 婶母", "85 舅父", "86 舅母", "87 姨父", "88 姨母", "89 姑父", "90 姑母"),
        *("91 堂兄弟、堂姐妹", "92 表兄弟、表姐妹", "93 侄子", "94 侄女", "95 外甥", "96 外甥女", "97 其他亲属"),
        *("98 保姆", "99 非亲属"),  # 98: GB 4761-84
    ),
}


def by_standard(options: Sequence[Option]) -> tuple[Option, ...]:
    """The same closed list, each option also in the standard's codes and words.

    What the list has no code for is `other` in it.
    """
    known = {option.code for option in options}
    return tuple(replace(option, aliases=_spelt(option, known)) for option in options)


def _spelt(option: Option, known: set[str]) -> tuple[str, ...]:
    lists = [option.code] if option.code != OTHER else [OTHER, *(name for name in CODES if name not in known)]
    words = list(option.aliases)
    for name in lists:
        for entry in CODES.get(name, ()):
            number, _, labels = entry.partition(" ")
            words += [number, *labels.split("/")]
    return tuple(dict.fromkeys(words))
