"""Who is registered, and what may a registration say?

A name that no other name looks like, a role, a region of the data, and, for recusal, a citizen number, of which only
the workspace's keyed hash is kept: the `person_id` that an import gives the same number. Where anybody was ever
registered, only those who are registered and active come in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from casework.dataset import Tables
from casework.errors import WrongUsageError
from casework.intake.fault import hidden
from casework.intake.messages import MESSAGES
from casework.intake.persons import IDENTITY, keyed
from casework.intake.values.cell import INVISIBLE
from casework.intake.values.id_no import read_id
from casework.intake.values.text import CONTROL
from casework.regions import ROOT, Regions
from casework.review.naming import look
from casework.review.scope import ROLES, Role
from casework.review.standing import HandledError
from casework.review.store import Review
from casework.text import Text

LONGEST: Final = 40  # signs of a name
WHOLE: Final = "all"  # said for the whole workspace, so that nobody gets it by leaving a region out
_PADDED: Final = frozenset({2, 4, 6, 9})  # digits of a code without the zeros of lower tiers (contract §9)
_SLIPS: Final = {  # what an import would keep and warn of is a slip of the pen here
    "E_ID_FUTURE": Text("号码中的出生日期还没有到", "the birth date inside it lies ahead"),
    "W_ID_CHECKSUM": Text("校验位不对", "its check digit is wrong"),
    "W_AGE_OVER_120": Text("按号码年龄超过 120 岁", "older than 120 by the number"),
}


@dataclass(frozen=True, slots=True)
class Registered:
    """One person of the workspace."""

    name: str
    role: Role
    region_code: str  # "" is the whole workspace
    person_id: int | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """What a registration was before, if it was, and what it is now."""

    old: Registered | None
    new: Registered

    @property
    def nothing(self) -> bool:
        """Is it as it was?"""
        return self.old == self.new


def registered(review: Review) -> dict[str, Registered]:
    """Everybody ever registered, by name."""
    return _by_name(review.readers())


def _by_name(rows: Iterable[Mapping[str, Any]]) -> dict[str, Registered]:
    return {row["name"]: Registered(**row) for row in rows}


# -- what it may say ---------------------------------------------------------------------------------------------------


def name_of(text: str) -> str:
    """A name as it is kept.

    Raises:
        WrongUsageError: empty, too long, with signs nobody sees, or with a citizen number: a name goes into the
            journal.
    """
    name = text.strip()
    if not 1 <= len(name) <= LONGEST:
        raise WrongUsageError(
            Text(
                f"姓名应为 1 至 {LONGEST} 个字,现为 {len(name)} 个",
                f"a name has 1 to {LONGEST} signs; this one has {len(name)}",
            )
        )
    if CONTROL.search(name) or INVISIBLE.search(name):
        raise WrongUsageError(
            Text(
                "姓名含有控制符或看不见的字符;请重新键入",
                "the name holds control characters or invisible ones; type it anew",
            )
        )
    if hidden(name) != name:
        raise WrongUsageError(
            Text(
                "姓名里不得写身份证号:姓名会记入日志;用于回避的号码请另填",
                "no citizen number in a name: it goes into the journal; give the number for recusal apart",
            )
        )
    return name


def found(text: str, people: Mapping[str, Registered]) -> Registered | None:
    """Whom a typed name means: in full width or half, in capitals or not, it is the same."""
    return people.get(text.strip()) or next((one for one in people.values() if look(one.name) == look(text)), None)


def region_of(text: str, regions: Regions | None) -> str:
    """The code of a region of the data; "" for the whole, which is asked for by name.

    Raises:
        WrongUsageError: not a region of the data.
    """
    code = text.strip()
    if code == WHOLE:
        return ""
    if len(code) in _PADDED:
        code = code.ljust(12, "0")
    if regions is None:
        raise WrongUsageError(
            Text(
                f"工作区还没有数据,不知道有哪些地区;请先导入,或用 {WHOLE} 表示全部范围",
                f"the workspace holds no data and knows no regions; import first, or say {WHOLE} for everywhere",
            )
        )
    if code not in regions:
        raise WrongUsageError(
            Text(
                f"区划表里没有“{text}”;应为其中一个 12 位代码,全部范围写 {WHOLE}",
                f"no region “{text}” in the data; expected one of its 12-digit codes, or {WHOLE} for everywhere",
            )
        )
    return "" if code == ROOT else code


def person_of(text: str, key: bytes, today: date) -> int:
    """The person_id that an import into the same workspace gives a citizen number; the number itself goes no further.

    Raises:
        WrongUsageError: no valid number (GB 11643); the message does not repeat it.
    """
    read = read_id(text, today)
    wrong = [code for code in read.codes if code.startswith("E_") or code in _SLIPS]
    if read.value is None or wrong:
        words = _SLIPS.get(wrong[0], MESSAGES[wrong[0]])
        raise WrongUsageError(
            Text(
                f"身份证号未被接受:{words.zh};请对照证件重新填写",
                f"the citizen number was not taken: {words.en}; compare it with the card",
            )
        )
    return int(keyed([read.value.number], key, "person")[0])


def among(data: Tables | None, person_id: int) -> bool:
    """Does any table of the data know this person? Else nobody is known to be their kin."""
    if data is None:
        return False
    rows = data.derived("identity", IDENTITY).filter(person_id=person_id)
    return not data.engine.collect(rows).is_empty()


# -- registering -------------------------------------------------------------------------------------------------------


def enrol(
    review: Review, who: str, new: Registered, *, key: str, seen: Registered | None = None, fresh: bool = False
) -> Change:
    """Register someone, or change who is registered; what stays as it was is not written again.

    `seen`: the registration that was on the screen; `fresh`: there was none of this name. `key`: made once by who
    asks, asked again it is not done again. All is checked where it is written, so that of two at once the second is
    told.

    Raises:
        WrongUsageError: a name that another one looks like, an unknown role, a person who comes in under another
            name, or one's own registration.
        HandledError: someone else changed it since.
    """
    if new.role not in ROLES:
        raise WrongUsageError(Text(f"没有“{new.role}”这一身份", f"there is no role “{new.role}”"))
    old: Registered | None = None

    def wanted(rows: list[dict[str, Any]]) -> bool:
        nonlocal old
        people = _by_name(rows)
        old = people.get(new.name)
        _alone(new, people)
        if (fresh or seen is not None) and old not in {seen, new}:
            raise HandledError(
                Text(
                    f"“{new.name}”的登记刚被他人改动;请看过最新情况后再提交",
                    f"somebody else has just changed the registration of “{new.name}”; look at it, then submit again",
                )
            )
        if old is not None and old != new and who == new.name:
            raise WrongUsageError(
                Text(
                    "不能改动自己的登记;请由另一位数据管理员办理",
                    "nobody changes their own registration; ask another data steward",
                )
            )
        return old != new

    review.enrol(who, new.name, new.role, new.region_code, new.person_id, key=key, active=new.active, wanted=wanted)
    return Change(old, new)


def _alone(new: Registered, people: Mapping[str, Registered]) -> None:
    """Refuse a second name for one, and one name for two."""
    alike = found(new.name, people)
    if alike is not None and alike.name != new.name:
        raise WrongUsageError(
            Text(
                f"已登记“{alike.name}”,写法几乎相同;如是同一人,请用原写法,如是两人,请加以区别",
                f"“{alike.name}” is registered and looks the same; write it so if it is the same person,"
                " else tell them apart",
            )
        )
    if not new.active or new.person_id is None:
        return
    others = [one.name for one in people.values() if one.active and one.name != new.name]
    if other := next((name for name in others if people[name].person_id == new.person_id), ""):
        raise WrongUsageError(
            Text(
                f"这个身份证号已登记在“{other}”名下;同一人只能用一个姓名,请先停用其中一个",
                f"this citizen number is registered for “{other}”; one person comes in under one name, so retire one"
                " of the two first",
            )
        )


def retire(review: Review, who: str, name: str, *, key: str, active: bool = False) -> Change:
    """Let someone in no more, from their next click on; or, `active`, let them in again as they were.

    Raises:
        WrongUsageError: nobody of this name is registered, or it is one's own.
    """
    one = found(name, registered(review))
    if one is None:
        raise WrongUsageError(
            Text(
                f"没有登记“{name.strip()}”;用 mingcha user list 查看名单",
                f"nobody named “{name.strip()}” is registered; mingcha user list shows who is",
            )
        )
    return enrol(review, who, replace(one, active=active), key=key, seen=one)


__all__ = [
    "LONGEST",
    "WHOLE",
    "Change",
    "Registered",
    "among",
    "enrol",
    "found",
    "name_of",
    "person_of",
    "region_of",
    "registered",
    "retire",
]
