"""Does a scenario leave more to somebody's discretion, or leave out a safeguard, or stand against a rule of law?

A note on the scenario, never on a person: what to look at before such a rule is tried, and why. That a note is there
does not make the scenario wrong; that none is there does not make it right.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, Final, Literal, TypeAlias

from casework.policy import Change, Policy, Rule
from casework.text import Text
from metrics.whatif.scenario import Assumptions
from metrics.whatif.touched import Scope, days, scopes

Moved: TypeAlias = Mapping[str, Sequence[tuple[Any, Any]]]  # a rule's id -> the values before and after
Kind = Literal["discretion", "safeguard", "law"]
LEGAL_TAPER_MONTHS: Final = 6  # "in principle": 2022年10月20日起施行的通知一(三)
LEGAL_INVESTIGATORS: Final = 2  # at a home visit: 民发〔2021〕57号 art. 16
KINDS: Final[Mapping[Kind, Text]] = {
    "law": Text("与现行规定的关系", "Against a rule in force"),
    "safeguard": Text("减少了一道保障", "A safeguard less"),
    "discretion": Text("裁量空间变大", "More is left to discretion"),
}
_STEPS: Final[Mapping[str, Text]] = {
    "data_check": Text(
        "取消信息核对:收入与财产只凭申报和印象",
        "No data check: income and property rest on what is declared and on impressions",
    ),
    "home_visit": Text("取消入户调查:无人看到家庭实际情况", "No home visit: nobody sees how the household lives"),
    "county_visit": Text(
        "取消县级入户:近亲属家庭失去上级复核",
        "No county visit: households of near kin lose the look from above",
    ),
    "posting": Text("取消公示:群众监督缺位", "No posting: neighbours no longer see who is to receive aid"),
    "confirm": Text("取消审核确认:初审者即决定者", "No confirmation: who proposes also decides"),
    "record_filing": Text("取消备案:委托下放的结果无人汇总", "No filing: nobody gathers what was delegated"),
}
_CUT: Final = Text(
    "名额或预算封顶:符合条件者可能不予保障,与“应保尽保”不符",
    "A quota or a capped budget: eligible households may be left out, against 应保尽保 (all who are eligible)",
)
_RANKED: Final = Text(
    "排序取舍:位于界线附近的家庭由指数的几分之差决定,请公开指数并留申诉渠道",
    "Rank and cut: near the line a few points of an index decide; publish the index and keep a way to appeal",
)
_COUNTY: Final = Text(
    "近亲属家庭不再县级入户:民发〔2021〕57号第二十条要求县级入户",
    "No county visit to households of near kin: 民发〔2021〕57号 art. 20 asks for one",
)
_CHILDREN: Final = Text(
    "公示范围扩大到儿童:民发〔2019〕62号等要求保护儿童隐私",
    "Children are posted: 民发〔2019〕62号 and others protect their privacy",
)
_UNCOUNTED: Final = Text(
    "公示期不计入时限:等待的人实际等得更久,时限数字会显得更好看",
    "Posting no longer counts: people wait as long as before while the numbers look better",
)
_STOPS: Final = Text(
    "停钟的环节增多:何时停、何时续由经办人决定",
    "More steps stop the clock: who handles the case decides when it stands and when it runs again",
)
_BANDED: Final = Text(
    "由补差改为分档:家庭落在哪一档需要认定,档界附近容易人情",
    "From the gap to bands: somebody decides on the band, and near a border that is easily a favour",
)
_WIDE: Final = Text(
    "分档变动:档越宽,档界处一元之差带来的金额差越大,认定压力越大",
    "Bands change: the wider they are, the more one yuan at a border is worth, and the harder somebody is pressed",
)
_TAPER: Final = Text(
    "渐退期超过六个月:现行规定原则上不超过六个月,延长须有依据",
    "A taper of more than six months: the rule in force says no more than six in principle; a longer one needs an"
    " authority",
)
_UNREVIEWED: Final = Text(
    "渐退期延长:期间应有复核,否则形同只进不退",
    "A longer taper: review within it, else it becomes aid that never ends",
)
_SELDOM: Final = Text(
    "复核间隔延长:情况变化更晚被发现,多发与漏发都更久",
    "Reviews further apart: what changed is seen later, overpaid and underpaid alike",
)
_EDGE: Final = Text(
    "单人保的口径放宽:重残重病的认定成为入口,请核对证件与医疗记录",
    "Wider entry for single persons: who counts as severely disabled or ill becomes the door; check the papers",
)
_IMPUTED: Final = Text(
    "启用推算收入:未核实的收入按系数计入,有争议,须允许当事人举证",
    "Imputed income: unverified income counts by coefficients; disputed, so let people prove the contrary",
)
_VOTED: Final = Text(
    "增加民主评议:评议印象取代核对,容易人情和排斥",
    "A neighbours' vote is added: impressions take the place of checks, open to favour and to exclusion",
)


_POSTED: Final = Text(
    "公示期缩短:群众监督与提出异议的时间减少",
    "Posted for fewer days: less time for neighbours to see and to object",
)
_ALONE: Final = Text(
    "入户调查少于二人:一人入户无人见证(民发〔2021〕57号第十六条要求二人以上)",
    "Fewer than two at a visit: one alone has no witness (民发〔2021〕57号 art. 16 asks for two or more)",
)
_FEWER: Final = Text("入户调查人数减少", "Fewer investigators at a visit")
_ORDER: Final = Text(
    "环节次序改变:先结论后调查的情形可能不再显示为线索",
    "Another order of steps: a conclusion before the visit may no longer be shown",
)
_VETO: Final = Text("改动否决项:请逐项说明豁免由谁认定", "Vetoes change: say for each who decides on an exemption")
_SCORED: Final = Text(
    "改动困难指数权重:指数由人打分,权重越大越需复核",
    "Hardship weights change: scored by people, so the heavier they are the more they need checking",
)
_DEDUCTED: Final = Text(
    "改动刚性支出扣减:票据与用途需要认定,请明确凭证",
    "Deductions change: bills and their purpose must be judged; say which papers count",
)
_KIN: Final = Text(
    "改动近亲属范围:单独备案与县级入户的对象随之改变",
    "Who is near kin changes, and with it whom filing and county visits cover",
)


def _less(old: Any, new: Any) -> bool:  # noqa: ANN401 - a rule's value may be of any kind
    return _both(old, new) and new < old


def _more(old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
    return _both(old, new) and new > old


def _both(old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
    """Are both numbers?"""
    return isinstance(old, int | float) and isinstance(new, int | float)


def _other(old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
    return bool(old != new)


def _off(old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
    return old is True and new is False


def _on(old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
    return old is False and new is True


def _shorter(old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
    """Does a list lose something?"""
    return bool(set(old or ()) - set(new or ()))


def _longer(old: Any, new: Any) -> bool:  # noqa: ANN401 - as above
    """Does a list gain something?"""
    return bool(set(new or ()) - set(old or ()))


# Which value of a rule is looser than the one before, of what kind, and what is said of it.
_LOOSER: Final[tuple[tuple[str, Kind, Callable[[Any, Any], bool], Text], ...]] = (
    ("posting_days", "safeguard", _less, _POSTED),
    ("visit_investigators", "law", lambda old, new: _less(old, new) and new < LEGAL_INVESTIGATORS, _ALONE),
    ("visit_investigators", "safeguard", lambda old, new: _less(old, new) and new >= LEGAL_INVESTIGATORS, _FEWER),
    ("process_order", "safeguard", _other, _ORDER),
    ("county_visit_required", "law", _off, _COUNTY),
    ("posting_barred", "law", _shorter, _CHILDREN),
    ("posting_counts", "safeguard", _off, _UNCOUNTED),
    ("clock_stops", "discretion", _longer, _STOPS),
    ("benefit_mode", "discretion", lambda old, new: new == "bands" and old != "bands", _BANDED),
    ("benefit_bands", "discretion", _other, _WIDE),
    ("taper_months", "law", lambda _, new: _both(new, new) and new > LEGAL_TAPER_MONTHS, _TAPER),
    ("review_months", "safeguard", _more, _SELDOM),
    ("edge_multiplier", "discretion", _more, _EDGE),
    ("single_entry", "discretion", _on, _EDGE),
    ("impute_work", "discretion", _on, _IMPUTED),
    ("impute_land", "discretion", _on, _IMPUTED),
    ("impute_support", "discretion", _on, _IMPUTED),
    ("veto", "discretion", _other, _VETO),
    ("hardship_weight", "discretion", _other, _SCORED),
    ("deduction_cap", "discretion", _other, _DEDUCTED),
    ("near_kin", "safeguard", _other, _KIN),
)


@dataclass(frozen=True, slots=True)
class Note:
    """What a scenario leaves to somebody, or leaves out, and which change or assumption does it."""

    kind: Kind
    cause: str  # a rule's id, or "removed", "parallel", "quota", "budget_fen", "taper", "leak"
    text: Text


def notes(changes: Sequence[Change], assumptions: Assumptions, policy: Policy) -> tuple[Note, ...]:
    """The notes of a scenario, those on law first; none twice. `policy` is the baseline's.

    What all changes make of a value is compared with that value, whatever the place and the day: where the last word
    is stricter everywhere, nothing is raised.
    """
    moved = _moved(changes, policy)
    found = [*_assumed(assumptions), *_changed(moved), *_together(changes, assumptions, moved)]
    order: list[Kind] = [*KINDS]
    return tuple(sorted(dict.fromkeys(found), key=lambda note: order.index(note.kind)))


def _assumed(assumed: Assumptions) -> Iterable[Note]:
    """What assumptions do."""
    for step in assumed.removed:
        if step in _STEPS:
            yield Note("safeguard", "removed", _STEPS[step])
    if {"posting", "home_visit"} & set(assumed.parallel) and len(assumed.parallel) > 1:
        yield Note(
            "safeguard",
            "parallel",
            Text(
                "并行办理:后一环节在前一环节有结果之前开始,请说明结论不一致时如何处理",
                "Done beside one another: a step begins before the other has a result; say what happens where they"
                " disagree",
            ),
        )
    for name in ("quota", "budget_fen"):
        if getattr(assumed, name) is not None:
            yield Note("law", name, _CUT)
            yield Note("discretion", name, _RANKED)
    if assumed.leak is not None and assumed.leak > 0:
        yield Note(
            "discretion",
            "leak",
            Text(
                "假定有不符合条件者领取:只用于测算,不代表可以容忍",
                "Some not eligible are assumed to be paid: for reckoning only, not to be put up with",
            ),
        )


def _changed(moved: Moved) -> Iterable[Note]:
    """What each rule is, looser than before."""
    for rule, kind, looser, text in _LOOSER:
        if any(looser(old, new) for old, new in moved.get(rule, ())):
            yield Note(kind, rule, text)
    yield from _steps(moved.get("required_steps", ()))


def _together(changes: Sequence[Change], assumed: Assumptions, moved: Moved) -> Iterable[Note]:
    """What only several changes do together, or one without another."""
    longer = any(_more(old, new) for old, new in moved.get("taper_months", ()))
    if longer and not any(_less(old, new) for old, new in moved.get("review_months", ())):
        yield Note("safeguard", "taper_months", _UNREVIEWED)
    posted = any(change.id == "posting_days" for change in changes) or "posting" in assumed.removed
    delegated = any(change.scope.get("delegated") is True for change in changes)
    if posted and delegated:
        yield Note(
            "discretion",
            "posting_days",
            Text(
                "权力下放而公示减少:乡镇既决定又少受监督,请加大县级抽查",
                "More is decided below and less is posted: let the county sample more",
            ),
        )


def _steps(values: Iterable[tuple[Any, Any]]) -> Iterable[Note]:
    """Steps that are no longer asked for, and a neighbours' vote that is asked for anew."""
    for old, new in values:
        for step in sorted(set(old or ()) - set(new or ())):
            if step in _STEPS:
                yield Note("safeguard", "required_steps", _STEPS[step])
        if "democratic_review" in set(new or ()) - set(old or ()):
            yield Note("discretion", "required_steps", _VOTED)


def _moved(changes: Sequence[Change], policy: Policy) -> Moved:
    """Of every field changed, the values in force before all changes and after all of them, each pair once.

    In every place, case and stretch of time that the rule or a change tells apart, where some change reaches.
    """
    found: dict[tuple[str, str], list[tuple[Any, Any]]] = {}
    after = policy.adjusted(changes)
    for name in dict.fromkeys(change.id for change in changes):
        old, new = policy.rule(name), after.rule(name)
        added = new.changes[len(old.changes) :]
        for region, scope, day in _cases(new):
            was, then = old.resolve(day, region, scope), new.resolve(day, region, scope)
            if was is None or then is None:
                continue
            case, extended = old.ordered(scope), "extended" in was.scope
            for change in added:
                if change.reaches(day, region, case, extended=extended):
                    field = change.which or old.number_field
                    pairs = found.setdefault((name, field), [])
                    if (pair := (was.fields.get(field), then.fields.get(field))) not in pairs:
                        pairs.append(pair)
    return {name: [pair for (rule, _), pairs in found.items() if rule == name for pair in pairs] for name, _ in found}


def _cases(rule: Rule) -> Iterable[tuple[str, Scope, date]]:
    said = rule.dated
    kinds = {str(one.scope["urban_rural"]) for one in said if "urban_rural" in one.scope}
    return product(
        sorted({one.region for one in said}),
        [scope for kind in (None, *sorted(kinds)) for scope in scopes(rule, kind)],
        sorted(days(rule)),
    )
