"""A register of made-up Chinese persons in which some are written down twice, and many only look alike.

Made for the comparison alone, from published frequencies, knowing nothing of how anybody links: households of one to
five, surnames as often as they are borne, given names of signs that follow Zipf's law, eleven counties of a province
that does not exist (99). Duplicates are of eight kinds; half of them keep no phone, a third no account, and who is
registered in another county has another address. Innocent look-alikes: twins, namesakes (a third of them of the same
group, no house written; a third with the same office telephone), fathers and sons of one address, brothers one sign
apart, a village office's telephone given for many, and an account for a whole home.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

import polars as pl
from pypinyin import Style, lazy_pinyin

from casework.intake.values.id_no import check_digit
from synthetic.kit.names import surname

KINDS: Final = (
    "other_name",  # the same number under a name misspelt
    "typo",
    "transposed",
    "fifteen",  # the number of fifteen digits, which is the same person's
    "variant",  # a variant form of a sign of the name, and a typo
    "homophone_typo",
    "second",  # another number: other county, a year or two apart
    "second_homophone",
)
SHARE: Final = 0.04
TWINS: Final = 0.004
NAMESAKES: Final = 0.002
COUNTIES: Final = tuple(f"9901{number:02d}" for number in range(1, 12))
SIGNS: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文玉建国志红海金春梅玲秀云龙林飞鹏辉宇浩亮凤琴斌波峰俊"
    "健康利民兴旺东生荣贵福祥义德成忠诚信仁美月淑珍珠翠萍莲菊香雪花琳琪瑶佳嘉欣怡雅婷洁倩雯薇慧惠蕾莉丹彤晨"
    "阳旭光晖昊天宝鑫森木水火土山石川江河湖泉源泽润清波涌潮永远长久安宁和顺吉庆喜乐田苗禾谷丰收耕牧渔樵工商"
    "学思博达智睿哲彦彬武威雄豪杰英才栋梁柱基业家邦正大公方圆直坚毅恒力行进步跃腾翔翼鸿鹤燕莺雁鹰虎豹麟凯胜"
    "捷冠群超卓越新启元首先立全占友有来发财根锁柱栓狗蛋妮妞丫巧花枝叶果芝芬芹苹茹茜荷蓉菲蔓薪蕴蕙艺苑竹筠"
)
VARIANTS: Final = {"闫": "阎", "付": "傅", "肖": "萧", "邱": "丘", "吕": "呂", "戴": "代", "于": "於", "兰": "蓝"}
BACK: Final = {other: one for one, other in VARIANTS.items()}
WORDS: Final = "一二三四五六七八九十"
KEPT_PHONE, KEPT_ACCOUNT, MOVED = 0.5, 0.65, 0.1  # of duplicates; who moved has another address
OFFICE, FAMILY_PHONE, HAS_PHONE = 0.05, 0.6, 0.85  # of households; of persons
OFFICES: Final = 30
FAMILY_ACCOUNT, HAS_ACCOUNT = 0.3, 0.7
ONE_SIGN: Final = 0.3  # of given names
COUPLE: Final = 2  # the first two of a household
BORN: Final = (date(1935, 1, 1), date(2020, 12, 31))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register; `truth` is whose it is, `kind` how it came to be written a second time."""

    record: int
    truth: int
    kind: str
    name: str
    sex: str
    born_on: date
    id_no: str
    phone: str | None
    account_no: str | None
    address: str
    household: int


class _Register(Random):
    """Draws that never give a number twice."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.taken: set[str] = set()

    def number(self, county: str, born: date, sex: str) -> str:
        """A number of GB 11643 that nobody bears yet."""
        while True:
            order = self.randrange(100) * 10 + self.randrange(5) * 2 + (sex == "M")
            body = f"{county}{born:%Y%m%d}{order:03d}"
            if body not in self.taken:
                self.taken.add(body)
                return body + check_digit(body)


def register(persons: int, seed: int) -> pl.DataFrame:
    """About so many persons and four in a hundred of them twice: the fields of `Entry`, shuffled."""
    random = _Register(f"{seed}:linkage")
    people = _people(random, persons)
    people += _look_alikes(random, people)
    chosen = random.sample([one for one in people if one.kind == ""], round(SHARE * persons))
    twice = [_again(random, one, KINDS[place % len(KINDS)], len(people) + place) for place, one in enumerate(chosen)]
    rows = people + twice
    random.shuffle(rows)
    return pl.DataFrame([replace(row, record=place) for place, row in enumerate(rows)])


def _people(random: _Register, persons: int) -> list[Entry]:
    found: list[Entry] = []
    household = 0
    while len(found) < persons:
        household += 1
        found += _household(random, household, len(found))
    return found


def _household(random: _Register, household: int, first: int) -> list[Entry]:
    """Head, spouse, children: children bear the head's surname; one phone, seldom two; a single account, often."""
    county, family, where = random.choice(COUNTIES), surname(random), _address(random)
    telephone, account = _phone(random), _account(random)
    born = _day(random, date(1940, 1, 1), date(1990, 12, 31))
    size = random.choices((1, 2, 3, 4, 5), (20, 27, 25, 18, 10))[0]
    office = f"990{random.randrange(OFFICES):08d}" if random.random() < OFFICE else None  # the village's own telephone
    found = []
    for place in range(size):
        sex = "MF"[place % 2] if place < COUPLE else random.choice("MF")
        day = born if place == 0 else _near(random, born, place)
        name = (family if place != 1 else surname(random)) + _given(random)
        phone = office or (telephone if random.random() < FAMILY_PHONE else _phone(random))
        own = account if place == 0 or random.random() < FAMILY_ACCOUNT else _account(random)
        number = random.number(county, day, sex)
        found.append(
            Entry(
                0,
                first + place,
                "",
                name,
                sex,
                day,
                number,
                phone if random.random() < HAS_PHONE else None,
                own if random.random() < HAS_ACCOUNT else None,
                where,
                household,
            )
        )
    return found


def _look_alikes(random: _Register, people: list[Entry]) -> list[Entry]:
    """Twins, brothers one sign apart in the same house, and namesakes of the same birth elsewhere."""
    found: list[Entry] = []
    count = len(people)
    for one in random.sample(people, round(TWINS * count)):
        number = random.number(one.id_no[:6], one.born_on, one.sex)
        found.append(replace(one, truth=count + len(found), kind="twin", name=_sibling(random, one), id_no=number))
    for place, one in enumerate(random.sample(people, round(NAMESAKES * count))):
        number = random.number(random.choice(COUNTIES), one.born_on, one.sex)
        people[one.truth] = _of_many(one, one, place)
        other = replace(one, phone=_phone(random), account_no=_account(random), address=_address(random))
        other = replace(other, truth=count + len(found), kind="namesake", id_no=number, household=-len(found))
        found.append(_of_many(other, one, place))
    for one in random.sample(people, round(TWINS * count)):
        day = _near(random, one.born_on, 9)
        number = random.number(one.id_no[:6], day, one.sex)
        name = _sibling(random, one)
        found.append(replace(one, truth=count + len(found), kind="brother", name=name, born_on=day, id_no=number))
    return found


def _of_many(entry: Entry, one: Entry, place: int) -> Entry:
    """With what both a person (`one`) and their namesake have, as many do: the group lived in, the office telephone."""
    if place % 3 == 0:
        return replace(entry, address=one.address[: one.address.index("组") + 1])
    return replace(entry, phone=f"990{place % OFFICES:08d}") if place % 3 == 1 else entry


def _sibling(random: _Register, one: Entry) -> str:
    """The name of a brother or sister: another last sign."""
    return one.name[:-1] + random.choice([sign for sign in _STOCK if sign != one.name[-1]])


def _again(random: _Register, one: Entry, kind: str, household: int) -> Entry:
    """The same person a second time, in another household's papers."""
    twice = replace(one, kind=kind, household=10_000_000 + household)
    return _MAKERS[kind](random, _lost(random, twice, moved=kind.startswith("second")))


def _lost(random: _Register, one: Entry, *, moved: bool) -> Entry:
    """Half give another phone or none, a third another account or none; one in ten moved, all of another county."""
    phone = one.phone if random.random() < KEPT_PHONE else random.choice((None, _phone(random)))
    account = one.account_no if random.random() < KEPT_ACCOUNT else random.choice((None, _account(random)))
    address = _address(random) if moved or random.random() < MOVED else _otherwise(one.address)
    return replace(one, phone=phone, account_no=account, address=address)


def _other_name(random: _Register, one: Entry) -> Entry:
    return replace(one, name=_homophone(random, one.name))


def _typo(random: _Register, one: Entry) -> Entry:
    place = random.randrange(17)
    digit = random.choice([sign for sign in "0123456789" if sign != one.id_no[place]])
    return replace(one, id_no=one.id_no[:place] + digit + one.id_no[place + 1 :])


def _transposed(random: _Register, one: Entry) -> Entry:
    places = [place for place in range(16) if one.id_no[place] != one.id_no[place + 1]]
    at = random.choice(places)
    return replace(one, id_no=one.id_no[:at] + one.id_no[at + 1] + one.id_no[at] + one.id_no[at + 2 :])


def _fifteen(_random: _Register, one: Entry) -> Entry:
    return replace(one, id_no=one.id_no[:6] + one.id_no[8:17] if one.id_no[6:8] == "19" else one.id_no)


def _variant(random: _Register, one: Entry) -> Entry:
    forms = VARIANTS | BACK
    name = "".join(forms.get(sign, sign) for sign in one.name)
    return _typo(random, replace(one, name=name))


def _homophone_typo(random: _Register, one: Entry) -> Entry:
    return _typo(random, replace(one, name=_homophone(random, one.name)))


def _second(random: _Register, one: Entry) -> Entry:
    """Registered again in another county, the month and day kept, the year one or two off."""
    year = one.born_on.year + random.choice((-2, -1, 1, 2))
    try:
        born = one.born_on.replace(year=year)
    except ValueError:
        born = one.born_on.replace(year=year, day=28)
    county = random.choice([code for code in COUNTIES if code != one.id_no[:6]])
    return replace(one, born_on=born, id_no=random.number(county, born, one.sex))


def _second_homophone(random: _Register, one: Entry) -> Entry:
    return _second(random, replace(one, name=_homophone(random, one.name)))


_MAKERS: Final[dict[str, Callable[[_Register, Entry], Entry]]] = {
    "other_name": _other_name,
    "typo": _typo,
    "transposed": _transposed,
    "fifteen": _fifteen,
    "variant": _variant,
    "homophone_typo": _homophone_typo,
    "second": _second,
    "second_homophone": _second_homophone,
}


def _sounds() -> dict[str, str]:
    """The signs of each sound."""
    found: dict[str, str] = {}
    for sign in dict.fromkeys(SIGNS):
        (sound,) = lazy_pinyin(sign, style=Style.NORMAL)
        found[sound] = found.get(sound, "") + sign
    return found


_ALIKE: Final = _sounds()


def _homophone(random: _Register, name: str) -> str:
    """One given sign written as another of the same sound, where the stock has one."""
    for place in range(len(name) - 1, 0, -1):
        (sound,) = lazy_pinyin(name[place], style=Style.NORMAL)
        if others := [sign for sign in _ALIKE.get(sound, "") if sign != name[place]]:
            return name[:place] + random.choice(others) + name[place + 1 :]
    return name


_STOCK: Final = tuple(dict.fromkeys(SIGNS))
_ZIPF: Final = tuple(accumulate(1 / (place + 5) for place in range(len(_STOCK))))


def _given(random: _Register) -> str:
    return "".join(random.choices(_STOCK, cum_weights=_ZIPF, k=1 if random.random() < ONE_SIGN else 2))


def _phone(random: _Register) -> str:
    return f"199{random.randrange(10**8):08d}"


def _account(random: _Register) -> str:
    return f"9900{random.randrange(10**12):012d}"


def _address(random: _Register) -> str:
    return f"示例乡第{random.randrange(1, 33)}村{WORDS[random.randrange(10)]}组{random.randrange(1, 120)}号"


def _otherwise(address: str) -> str:
    """The same place with the group in figures."""
    for number, word in enumerate(WORDS, start=1):
        address = address.replace(f"{word}组", f"{number}组")
    return address


def _day(random: _Register, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days + 1))


def _near(random: _Register, born: date, place: int) -> date:
    """The spouse within some years, children a generation later, a brother a few years off."""
    years = {1: (-6, 6), 9: (1, 6)}.get(place, (20, 35))
    day = born + timedelta(days=round(365.25 * random.uniform(*years)))
    return min(max(day, BORN[0]), BORN[1])
