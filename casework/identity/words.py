"""How do levels of agreement and what found a pair read?"""

from collections.abc import Mapping
from typing import Final

from casework.text import Text

_NAMES: Final = {
    "name_same": Text("姓名相同", "same name"),
    "name_variant": Text("姓名为异体或繁简写法", "a variant of the name"),
    "name_sound": Text("姓名同音", "a name that sounds the same"),
    "name_near": Text("姓名近音", "a name that sounds nearly the same"),
    "name_one_off": Text("姓名差一字", "a name one character off"),
    "name_other": Text("姓名不同", "another name"),
}
_BIRTHS: Final = {
    "birth_same": Text("出生日期相同", "same birth date"),
    "birth_shifted": Text("同月同日,年份相差不过两年", "same month and day, at most two years apart"),
    "birth_slip": Text("出生日期差一处笔误", "a birth date one slip off"),
    "birth_other": Text("出生日期不同", "another birth date"),
}
_NUMBERS: Final = {
    "number_same": Text("号码相同", "same number"),
    "number_slip": Text("号码差一处笔误", "a number one slip off"),
    "number_other": Text("号码不同", "another number"),
}
_REST: Final = {
    "sex_same": Text("性别相同", "same sex"),
    "sex_other": Text("性别不同", "another sex"),
    "phone_same": Text("电话相同", "same phone"),
    "phone_other": Text("电话不同", "another phone"),
    "account_same": Text("账户相同", "same account"),
    "account_other": Text("账户不同", "another account"),
    "address_same": Text("住址相同", "same address"),
    "address_other": Text("住址不同", "another address"),
}
FIELDS: Final[Mapping[str, Text]] = {
    "prior": Text("起点(本县任意两人)", "the start (any two of the county)"),
    **_NAMES,
    **_BIRTHS,
    **_NUMBERS,
    **_REST,
}
FOUND_BY: Final[Mapping[str, Text]] = {
    "number": Text("号码", "number"),
    "slip": Text("号码笔误", "a slip of the number"),
    "phone": Text("电话", "phone"),
    "account": Text("账户", "account"),
    "address": Text("住址", "address"),
}
AGAINST: Final[Mapping[str, Text]] = {
    **{code: said for code, said in FIELDS.items() if not code.endswith("_same")},
    "twins": Text("两个号码同地同日出生", "two numbers of one area and birth date"),
}
