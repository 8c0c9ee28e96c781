"""How is one change of a rule written, and what is said of it while it is being written?

The boxes offer only what the rule has: its scope's codes, its fields, its units; what is in force now and what would be
stands under them, and what cannot be, or changes nothing, is said before it is added.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import streamlit as st

from casework.errors import CaseworkError
from casework.policy import Change, Entry, Policy, Rule
from casework.policy.loader import region_prefix
from casework.policy.scope import CLOSED, COMMON, FLAGS
from casework.policy.shape import Shape
from dashboard.parts import rules, scopes
from dashboard.parts.fields import FIELDS
from dashboard.parts.whatif import letters
from dashboard.queries import places, rulebook
from dashboard.queries.posed import Draft
from dashboard.queries.programmes import known_names
from dashboard.session import Session

OFTEN: Final = (  # the rules that a what-if on money asks about most, before all others
    "dibao_standard",
    "disregard",
    "taper_months",
    "category_topup",
    "benefit_mode",
    "deduction_cap",
    "job_cost",
    "aid_term_months",
    "impute_work",
    "impute_land",
    "impute_support",
    "support_rate",
    "work_months",
    "land_ratio",
    "decision_days",
    "posting_days",
)
_SHOWN: Final = 6  # values before and after
_WAYS: Final = {"scale": "whatif.way_scale", "set": "whatif.way_set", "add": "whatif.way_add"}
_FIRST: Final = date(2000, 1, 1)
_LAST: Final = date(2099, 12, 31)
_TENTH: Final = 1.1  # a tenth more: what a scale begins with


def draw(session: Session, letter: str, draft: Draft) -> None:
    """The boxes, what they come to, and the button that adds it."""
    rule = _rule(session, letter)
    region, scope = _where(session, letter, rule)
    which = _field(session, letter, rule)
    shape = rule.shape[which]
    way, value = _value(session, letter, rule, which, shape)
    since, until, source = _when(session, letter)
    if value is None:
        st.caption(session.say("whatif.no_value"))
        return
    named = "" if which == rule.number_field else which
    change = Change(rule.id, region=region, scope=scope, from_=since, to=until, which=named, **{way: value})
    ready = _judged(session, draft, change, rule, which)
    st.button(
        session.say("whatif.add", name=letters.called(session, letter)),
        key=f"add-{letter}",
        type="primary",
        disabled=not ready,
        on_click=lambda: letters.keep(letter, draft.with_change(change, source)),
    )


def _rule(session: Session, letter: str) -> Rule:
    known = session.desk.policy.rules
    others = sorted((rule for rule in known.values() if rule.id not in OFTEN), key=lambda rule: (rule.family, rule.id))
    names = [*(name for name in OFTEN if name in known), *(rule.id for rule in others)]
    chosen = st.selectbox(
        session.say("whatif.rule"),
        names,
        format_func=lambda name: f"{session.text(known[name].label)} · {name}",
        key=f"law-{letter}",
    )
    return known[chosen]


def _where(session: Session, letter: str, rule: Rule) -> tuple[str, dict[str, str | bool]]:
    """Region, and a box for each key of the rule's scope that has a closed list."""
    say, regions, here = session.say, session.desk.regions, session.view.region
    path = [region.code for region in regions.path(here) if session.scope.covers(region.code)] or [here]
    codes = [*path, *(region.code for region in places.below(regions, here) if session.scope.covers(region.code))]
    keys = [key for key in (*rule.scope, *_common(rule)) if _options(session, rule, key)]
    boxes = st.columns(1 + max(1, len(keys[:3])))
    with boxes[0]:
        region = st.selectbox(
            say("whatif.region"),
            ["", *codes],
            format_func=lambda code: session.place(code) if code else say("whatif.everywhere"),
            key=f"region-{letter}",
        )
    scope: dict[str, str | bool] = {}
    for place, key in enumerate(keys):
        with boxes[1 + place % max(1, len(boxes) - 1)]:
            options = _options(session, rule, key)
            said = st.selectbox(
                scopes.key(session, key),
                ["", *options],
                format_func=_named(options, say("whatif.any")),
                key=f"scope-{rule.id}-{key}-{letter}",
            )
        if said:
            scope[key] = said == "true" if key in FLAGS else said
    return region_prefix(region) if region and region != regions.root else "", scope


def _named(options: Mapping[str, str], otherwise: str) -> Callable[[str], str]:
    return lambda code: options.get(code, otherwise)


def _common(rule: Rule) -> tuple[str, ...]:
    """Keys that its values tell apart already, beside its own: others would only fill the form."""
    used = {key for entry in rule.entries for key in entry.scope}
    return tuple(key for key in COMMON if key in used and key not in rule.scope)


def _options(session: Session, rule: Rule, key: str) -> dict[str, str]:
    """The codes of a key, in words; empty where nothing tells which there are."""
    if key in FLAGS:
        return {"true": session.say("rules.yes"), "false": session.say("rules.no")}
    if key in CLOSED:
        return {option.code: session.text(option.label) for option in CLOSED[key]}
    names = known_names(session.desk.policy)
    if key in ("programme", "a", "b"):
        return {code: session.text(text) for code, text in names.items()}
    codes = sorted({str(entry.scope[key]) for entry in rule.entries if key in entry.scope})
    return {code: rules.word(session, code) for code in codes}


def _field(session: Session, letter: str, rule: Rule) -> str:
    """Which field; asked only where there are several."""
    names = [*rule.shape]
    if len(names) == 1:
        return names[0]
    first = rule.number_field
    return str(
        st.selectbox(
            session.say("whatif.field"),
            names,
            index=names.index(first) if first in names else 0,
            format_func=lambda name: (session.text(FIELDS[name]) if name in FIELDS else "") or _plain(session, name),
            key=f"field-{rule.id}-{letter}",
        )
    )


def _plain(session: Session, name: str) -> str:
    return session.say("whatif.value") if name == "value" else name


def _value(session: Session, letter: str, rule: Rule, which: str, shape: Shape) -> tuple[str, Any]:
    say = session.say
    ways = [*_WAYS] if shape.is_number else ["set"]
    key = f"{rule.id}-{which}-{letter}"
    how, number = st.columns(2)
    with how:
        way = st.selectbox(say("whatif.way"), ways, format_func=lambda name: say(_WAYS[name]), key=f"way-{key}")
    unit = session.text(rule.unit_text)
    with number:
        if way == "scale":
            return way, st.number_input(
                say("whatif.times"), min_value=0.0, value=_TENTH, step=0.05, format="%.3f", key=f"scale-{key}"
            )
        label = say("whatif.amount", unit=unit) if unit else say("whatif.value")
        return way, _content(session, label, shape, way, key, rule.ranges.get(which))


def _content(session: Session, label: str, shape: Shape, way: str, key: str, span: tuple[float, float] | None) -> Any:  # noqa: ANN401 - a rule's value may be of any kind
    hint = session.say("whatif.span", low=f"{span[0]:g}", high=f"{span[1]:g}") if span else None
    least = 0 if way == "set" else None
    if shape.kind == "whole":
        return st.number_input(label, min_value=least, value=None, step=1, key=f"{way}-{key}", help=hint)
    if shape.kind == "number":
        bottom = None if least is None else float(least)
        return st.number_input(label, min_value=bottom, value=None, format="%.4g", key=f"{way}-{key}", help=hint)
    if shape.kind == "flag":
        options = {True: session.say("rules.yes"), False: session.say("rules.no")}
        return st.selectbox(label, [True, False], format_func=options.__getitem__, key=f"{way}-{key}")
    if shape.kind == "list":
        chosen = st.multiselect(
            label, list(shape.codes), format_func=lambda code: rules.word(session, code), key=f"{way}-{key}"
        )
        return tuple(chosen) or None
    if shape.codes:
        return st.selectbox(
            label, list(shape.codes), format_func=lambda code: rules.word(session, code), key=f"{way}-{key}"
        )
    return st.text_input(label, key=f"{way}-{key}", max_chars=60) or None


def _when(session: Session, letter: str) -> tuple[date | None, date | None, str]:
    say = session.say
    since, until, source = st.columns([1, 1, 2])
    with since:
        first = st.date_input(
            say("whatif.from"),
            value=None,
            key=f"from-{letter}",
            format="YYYY-MM-DD",
            min_value=_FIRST,
            max_value=_LAST,
            help=say("whatif.from_hint"),
        )
    with until:
        last = st.date_input(
            say("whatif.to"), value=None, key=f"to-{letter}", format="YYYY-MM-DD", min_value=_FIRST, max_value=_LAST
        )
    with source:
        said = st.text_input(
            say("whatif.source"), key=f"source-{letter}", max_chars=120, placeholder=say("whatif.source_hint")
        )
    return first, last, said


def _judged(session: Session, draft: Draft, change: Change, rule: Rule, which: str) -> bool:
    """May it be added? Says now and then, and what is wrong with it."""
    say = session.say
    try:
        before = session.desk.policy.adjusted(draft.changes)
        after = before.adjusted([change])
    except CaseworkError as error:
        st.error(error.say(session.language))
        return False
    now, then = (_in_force(session, policy, rule.id) for policy in (before, after))
    lines = [
        say("whatif.now_then", case=case, now=said, then=then.get(case, said))
        for case, said in now.items()
        if then.get(case, said) != said
    ]
    if lines:
        more = say("whatif.and_more", count=len(lines) - _SHOWN) if len(lines) > _SHOWN else ""
        st.text("\n".join(filter(None, [say("whatif.would"), *lines[:_SHOWN], more])))
    elif change.from_ is None and change.to is None:
        st.warning(say("whatif.no_effect") if now else say("whatif.nothing_in_force"))
    _beyond(session, after, rule, which)
    return True


def _in_force(session: Session, policy: Policy, rule_id: str) -> Mapping[str, str]:
    """Case by case what the rule says here now."""
    rule = policy.rule(rule_id)
    found: dict[str, str] = {}
    for entry in _entries(session, rule):
        found[scopes.scope(session, rule, entry)] = scopes.value(session, rule, entry)
    return found


def _entries(session: Session, rule: Rule) -> tuple[Entry, ...]:
    day, region = session.desk.as_of, session.view.region
    return rulebook.line(rule, day, region).now


def _beyond(session: Session, policy: Policy, rule: Rule, which: str) -> None:
    """Values beyond what may sensibly be tried."""
    if which not in rule.ranges:
        return
    low, high = rule.ranges[which]
    values = [entry.fields.get(which) for entry in _entries(session, policy.rule(rule.id))]
    if any(isinstance(value, int | float) and not low <= value <= high for value in values):
        st.warning(session.say("whatif.out_of_range", low=f"{low:g}", high=f"{high:g}"))
