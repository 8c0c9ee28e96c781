"""What does one call this relative (称谓)?

A path of ties (`casework.kinship`: "parent>parent>child"), with the sex and birth date of each person on it from the
one asked about to the relative, gives the word: 姑母, 外孙女, 大舅子. What is unknown is left open in the word
(兄弟姐妹, 伯父或叔父), never guessed. For reading only: sex and age name the relative, they weigh nothing.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from casework.text import Text

Sex = str | None  # M, F, unknown
Words = tuple[Text, Text, Text]  # for a man, for a woman, for whom it is not known


def _words(men: str, women: str, either: str) -> Words:
    """Three words, each written as Chinese|English."""
    man, woman, anyone = (Text(*said.split("|")) for said in (men, women, either))
    return man, woman, anyone


NEAR: Final[dict[str, Words]] = {
    "spouse": _words("丈夫|husband", "妻子|wife", "配偶|spouse"),
    "parent": _words("父亲|father", "母亲|mother", "父母|parent"),
    "child": _words("儿子|son", "女儿|daughter", "子女|child"),
    "grandparent": _words("祖父或外祖父|grandfather", "祖母或外祖母|grandmother", "祖父母或外祖父母|grandparent"),
    "grandchild": _words("孙子或外孙|grandson", "孙女或外孙女|granddaughter", "孙子女或外孙子女|grandchild"),
    "child_in_law": _words("女婿|son-in-law", "儿媳|daughter-in-law", "子女的配偶|child-in-law"),
}
SIBLINGS: Final[dict[bool | None, Words]] = {  # by being the elder
    True: _words("哥哥|elder brother", "姐姐|elder sister", "兄或姐|elder sibling"),
    False: _words("弟弟|younger brother", "妹妹|younger sister", "弟或妹|younger sibling"),
    None: _words("兄弟|brother", "姐妹|sister", "兄弟姐妹|sibling"),
}
# By the sex of the person between (or of the spouse), else with both in one word.
GRANDPARENTS: Final[dict[Sex, Words]] = {
    "M": _words("祖父|father's father", "祖母|father's mother", "祖父母|father's parent"),
    "F": _words("外祖父|mother's father", "外祖母|mother's mother", "外祖父母|mother's parent"),
    None: NEAR["grandparent"],
}
GRANDCHILDREN: Final[dict[Sex, Words]] = {
    "M": _words("孙子|son's son", "孙女|son's daughter", "孙子女|son's child"),
    "F": _words("外孙|daughter's son", "外孙女|daughter's daughter", "外孙子女|daughter's child"),
    None: NEAR["grandchild"],
}
PARENTS_IN_LAW: Final[dict[Sex, Words]] = {
    "F": _words("岳父|wife's father", "岳母|wife's mother", "岳父母|wife's parent"),
    "M": _words("公公|husband's father", "婆婆|husband's mother", "公婆|husband's parent"),
    None: _words("配偶的父亲|spouse's father", "配偶的母亲|spouse's mother", "配偶的父母|spouse's parent"),
}
NEPHEWS: Final[dict[Sex, Words]] = {
    "M": _words("侄子|brother's son", "侄女|brother's daughter", "侄子女|brother's child"),
    "F": _words("外甥|sister's son", "外甥女|sister's daughter", "外甥子女|sister's child"),
    None: _words("侄子或外甥|nephew", "侄女或外甥女|niece", "兄弟姐妹的子女|sibling's child"),
}
AUNT, ANY = "姑母|father's sister", "父亲的兄弟姐妹|father's sibling"
UNCLES: Final[dict[tuple[Sex, bool | None], Words]] = {  # by the parent's sex, and being older than the parent
    ("M", True): _words("伯父|father's elder brother", AUNT, ANY),
    ("M", False): _words("叔父|father's younger brother", AUNT, ANY),
    ("M", None): _words("伯父或叔父|father's brother", AUNT, ANY),
}
MOTHERS: Final = _words("舅父|mother's brother", "姨母|mother's sister", "母亲的兄弟姐妹|mother's sibling")
PARENTS: Final = _words("伯叔父或舅父|uncle", "姑母或姨母|aunt", "父母的兄弟姐妹|parent's sibling")
WIFES: Final[dict[bool | None, Words]] = {  # by being older than the spouse
    True: _words("大舅子|wife's elder brother", "大姨子|wife's elder sister", "妻子的兄姐|wife's elder sibling"),
    False: _words(
        "小舅子|wife's younger brother", "小姨子|wife's younger sister", "妻子的弟或妹|wife's younger sibling"
    ),
    None: _words("妻子的兄弟|wife's brother", "妻子的姐妹|wife's sister", "妻子的兄弟姐妹|wife's sibling"),
}
HUSBANDS: Final[dict[bool | None, Words]] = {
    True: _words(
        "大伯子|husband's elder brother", "大姑子|husband's elder sister", "丈夫的兄姐|husband's elder sibling"
    ),
    False: _words(
        "小叔子|husband's younger brother", "小姑子|husband's younger sister", "丈夫的弟妹|husband's younger sibling"
    ),
    None: _words("丈夫的兄弟|husband's brother", "丈夫的姐妹|husband's sister", "丈夫的兄弟姐妹|husband's sibling"),
}
SPOUSES: Final = _words("配偶的兄弟|spouse's brother", "配偶的姐妹|spouse's sister", "配偶的兄弟姐妹|spouse's sibling")
BROTHERS_WIFE: Final = {
    True: Text("嫂子", "elder brother's wife"),
    False: Text("弟媳", "younger brother's wife"),
    None: Text("兄弟的妻子", "brother's wife"),
}
SISTERS_HUSBAND: Final = {
    True: Text("姐夫", "elder sister's husband"),
    False: Text("妹夫", "younger sister's husband"),
    None: Text("姐妹的丈夫", "sister's husband"),
}
SIBLINGS_SPOUSE: Final = Text("兄弟姐妹的配偶", "sibling's spouse")
SIBLING_IN_LAW: Final = Text("兄弟姐妹的配偶或配偶的兄弟姐妹", "sibling-in-law")
MEMBER: Final = Text("本人", "self")


def term(path: str, sexes: Sequence[Sex], born: Sequence[date | None] = ()) -> Text:
    """The word for the last person of the path, said by the first.

    `sexes` and `born` go along the path, both ends included: one more than its ties. KeyError: no such path.
    """
    ties, places = _shortened(path)
    sex = [sexes[place] if place < len(sexes) else None for place in places]
    births = [born[place] if place < len(born) else None for place in places]
    match ties:
        case ("member",):
            return MEMBER
        case ("sibling",):
            return _of(SIBLINGS[_older(births[1], births[0])], sex[1])
        case ("parent_in_law",):
            return _of(PARENTS_IN_LAW[_other(sex[0])], sex[1])
        case ("sibling_in_law",):
            return SIBLING_IN_LAW
        case (one,):
            return _of(NEAR[one], sex[1])
        case _:
            return _by_two(ties, sex, births)


def _by_two(ties: tuple[str, ...], sex: list[Sex], born: list[date | None]) -> Text:
    """Two ties: the word depends on the person between them."""
    between, last = sex[1], sex[2]
    elder = _older(born[2], born[1])
    words: dict[tuple[str, ...], Words] = {
        ("parent", "parent"): GRANDPARENTS[between],
        ("child", "child"): GRANDCHILDREN[between],
        ("spouse", "parent"): PARENTS_IN_LAW[between or _other(sex[0])],
        ("child", "spouse"): NEAR["child_in_law"],
        ("sibling", "child"): NEPHEWS[between],
        ("parent", "sibling"): {"M": UNCLES["M", elder], "F": MOTHERS, None: PARENTS}[between],
        ("spouse", "sibling"): {"F": WIFES[elder], "M": HUSBANDS[elder], None: SPOUSES}[between or _other(sex[0])],
    }
    if ties == ("sibling", "spouse"):  # the sibling's age counts, not the spouse's
        first = _older(born[1], born[0])
        said = {"M": BROTHERS_WIFE[first], "F": SISTERS_HUSBAND[first], None: SIBLINGS_SPOUSE}
        return said[between or _other(last)]
    return _of(words[ties], last or (_other(between) if ties == ("child", "spouse") else None))


def _shortened(path: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The ties with "a parent's child" read as a sibling, and the places on the path of the persons who are left."""
    ties, places = path.split(">"), list(range(path.count(">") + 2))
    for place in range(len(ties) - 1):
        if ties[place : place + 2] == ["parent", "child"]:
            return (*ties[:place], "sibling", *ties[place + 2 :]), (*places[: place + 1], *places[place + 2 :])
    return tuple(ties), tuple(places)


def _of(words: Words, sex: Sex) -> Text:
    return words[{"M": 0, "F": 1}.get(sex or "", 2)]


def _other(sex: Sex) -> Sex:
    """The sex of the spouse."""
    return {"M": "F", "F": "M"}.get(sex or "")


def _older(one: date | None, other: date | None) -> bool | None:
    """Was one born before the other? Unknown where either date is, or on one day."""
    return None if one is None or other is None or one == other else one < other
