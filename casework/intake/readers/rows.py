"""Is a row below the header data, blank, a total or a signature?"""

import re
from collections.abc import Sequence
from typing import Final, Literal

RowKind = Literal["data", "blank", "W_TOTAL_ROW", "W_FOOTER_ROW"]

MERGED: Final = "\x01m"
SPACES: Final = " \t\r\n\u00a0\u3000\ufeff"
_COLON: Final = r"[:\uff1a]"
_OPEN: Final = r"[(\uff08]"
_CLOSE: Final = r"[)\uff09]"
_TOTAL: Final = (
    rf"(?:本页|本月|本年|本表|全[省市县区乡镇村])?(?:合|总|小|共)[ \u3000]*计(?:[ \u3000]*(?:{_COLON}|{_OPEN}).*)?"
)
_SIGNED: Final = (
    r"(?:填表|填报|制表|审核|复核|审批|经办|打印|编制)(?:人员?|单位|日期|时间|部门)?"
    rf"|(?:单位|部门|主要|主管|分管)?(?:负责人|领导)|联系(?:人|电话)|(?:单位)?{_OPEN}?(?:公章|盖章){_CLOSE}?|日期"
)
_AFTER: Final = rf"[ \u3000]*(?:{_OPEN}[^)\uff09]*{_CLOSE})?(?:签字|签名|签章|盖章)?[ \u3000]*"
_FOOTER: Final = rf"(?:{_SIGNED}){_AFTER}{_COLON}.*"
_BARE: Final = r"(?:填表|填报|制表|审核|复核|经办)人|单位负责人|填[表报]单位|制表单位"
_NOTE: Final = rf"(?:备[ \u3000]*注|注|说[ \u3000]*明)[ \u3000]*{_COLON}.*"
# what a first filled cell must look like for its row to be anything but data; polars and Python read it alike
SUSPECT: Final = rf"(?s)^[{SPACES}]*(?:{MERGED}|{_TOTAL}|{_FOOTER}|{_BARE}|{_NOTE})?[{SPACES}]*$"

_total, _footer = re.compile(_TOTAL, re.DOTALL), re.compile(rf"{_FOOTER}|{_BARE}", re.DOTALL)
_note = re.compile(_NOTE, re.DOTALL)
_CITIZEN: Final = re.compile(r"(?<!\d)(?:\d{15}|\d{17}[\dXx])(?!\d)")


def kind_of(cells: Sequence[str | None], *, signed: bool = False) -> RowKind:
    """What a row is, by its first filled cell; `signed`: right after a footer, where a sole cell belongs to it.

    A row that holds a citizen number is data whatever it begins with, so that no person hides behind the word total.
    """
    filled = [cell.strip(SPACES) for cell in cells if cell is not None and cell != MERGED]
    filled = [cell for cell in filled if cell]
    if not filled:
        return "blank"
    if any(_CITIZEN.search(cell) for cell in filled):
        return "data"
    if _total.fullmatch(filled[0]):
        return "W_TOTAL_ROW"
    if _footer.fullmatch(filled[0]) or (len(filled) == 1 and (signed or _note.fullmatch(filled[0]))):
        return "W_FOOTER_ROW"
    return "data"
