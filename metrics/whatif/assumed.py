"""How are assumptions written, and which of them say anything?"""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final

from casework.policy import loader
from casework.policy import scope as scopes
from casework.text import Text
from metrics.whatif.scenario import FALLING, FULL, Assumptions

_SHARE: Final = Text("0 到 1 之间的数", "a number from 0 to 1")
_RATIO: Final = Text("不小于 0 的数", "a number, not below 0")
_WHOLE: Final = Text("不小于 0 的整数", "a whole number, not below 0")
_PATH: Final = Text(f'"{FULL}"(全额)或 "{FALLING}"(递减)', f'"{FULL}" or "{FALLING}"')
_STEPS: Final = Text("环节的列表", "a list of steps")
_STAFF: Final = Text("大于 0 的倍数", "a number above 0, times as many")


def read(raw: Mapping[str, Any], wrong: list[tuple[str, Text]]) -> Assumptions:
    """The assumptions of a file; what cannot be read is added to `wrong`, with its key, and left as it is."""
    said: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in _KINDS:
            close, names = loader.near(key, _KINDS), ", ".join(_KINDS)
            wrong.append(
                (
                    key,
                    Text(
                        f'没有名为 "{key}" 的假设{close.zh};可用:{names}', f'no assumption "{key}"{close.en}: {names}'
                    ),
                )
            )
            continue
        want, reading = _KINDS[key]
        try:
            said[key] = reading(value)
        except (ValueError, TypeError):
            wrong.append(
                (key, Text(f'"{key}" 应为{want.zh},得到 {value!r}', f'"{key}" must be {want.en}, found {value!r}'))
            )
    return Assumptions(**said)


def spoken(assumptions: Assumptions) -> dict[str, Any]:
    """What is assumed otherwise than the records show it."""
    plain = Assumptions()
    names = [one.name for one in fields(Assumptions)]
    return {name: said for name in names if (said := getattr(assumptions, name)) != getattr(plain, name)}


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < math.inf:
        raise ValueError(value)
    return float(value)


def _share(value: object) -> float:
    if _number(value) > 1:
        raise ValueError(value)
    return _number(value)


def _whole(value: object) -> int:
    if not isinstance(value, int) or _number(value) < 0:
        raise ValueError(value)
    return value


def _path(value: object) -> str:
    if value not in {FULL, FALLING}:
        raise ValueError(value)
    return str(value)


def _steps(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(str(scopes.read("step", one, {})) for one in value)


def _staff(value: object) -> float:
    if not _number(value):
        raise ValueError(value)
    return _number(value)


_KINDS: Final[Mapping[str, tuple[Text, Callable[[object], Any]]]] = {
    "take_up": (_SHARE, _share),
    "leak": (_SHARE, _share),
    "pay_ratio": (_RATIO, _number),
    "taper": (_PATH, _path),
    "quota": (_WHOLE, _whole),
    "budget_fen": (_WHOLE, _whole),
    "removed": (_STEPS, _steps),
    "parallel": (_STEPS, _steps),
    "staff": (_STAFF, _staff),
}

RECORDED: Final = Text("按记录", "as recorded")
USUAL: Final[Mapping[str, Text]] = {
    "taper": Text(FULL, FULL),
    "quota": Text("不限", "none"),
    "budget_fen": Text("不限", "none"),
    "removed": Text("无", "none"),
    "parallel": Text("无", "none"),
    "staff": Text("1", "1"),
}
LABELS: Final[Mapping[str, Text]] = {
    "take_up": Text("假设:应保未领户的领取率", "assumed: share of the newly eligible who come"),
    "leak": Text("假设:不符合而领取的比例", "assumed: share of the not eligible who are paid"),
    "pay_ratio": Text("假设:新进户实发与应发之比", "assumed: paid by due of whoever comes newly"),
    "taper": Text("假设:渐退期发放方式", "assumed: how a taper is paid"),
    "quota": Text("假设:名额(户,渐退户另计)", "assumed: households at most, tapers beside them"),
    "budget_fen": Text("假设:每月资金上限(分)", "assumed: a month's money at most, in fen"),
    "removed": Text("假设:取消的环节", "assumed: steps left out"),
    "parallel": Text("假设:并行的环节", "assumed: steps side by side"),
    "staff": Text("假设:经办人员倍数", "assumed: staff, times as many"),
}
