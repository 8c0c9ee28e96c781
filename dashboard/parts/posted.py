"""What does a question say of itself in public, how much did it raise here, and is it still shown?

Safeguard R9: purpose, inputs, formula, thresholds, what would explain a hit innocently, and every protected column with
its use (R4). Of all schemes together: one line each.
"""

import re
from typing import Final

import polars as pl
import streamlit as st

from casework.card import FAMILIES, LEVELS, SEVERITIES, SUBJECTS, Card, Need
from dashboard import measured
from dashboard.parts import few, labels, scopes, shown, tables
from dashboard.parts.counted import least
from dashboard.queries import lab, rulebook
from dashboard.queries.counts import SEES_ALL
from dashboard.rights import may
from dashboard.session import Session
from metrics.honest.veil import Sum

_ALL: Final = ""
_FACT: Final = re.compile(r"\{(\w+)\}")
_LINES: Final = 3  # of a rule's values
_USES: Final = {"identity": "lab.use_identity", "entitles": "lab.use_entitles", "exonerates": "lab.use_exonerates"}
_STATUS: Final = {"ran": "queue.ran", "partly": "queue.partly", "not_run": "queue.not_run"}
Cell = tuple[str, str]


def draw(session: Session, scheme: str) -> None:
    """One card, or all of them in a list."""
    card = session.desk.cards.get(scheme)
    if card is None:
        _every(session)
        return
    left, right = st.columns([5, 4], gap="large")
    with left:
        _purpose(session, card)
        _formula(session, card)
    with right:
        _inputs(session, card)
        _innocent(session, card)
    _raised(session, card)
    _stop(session, card)


# -- all of them -----------------------------------------------------------------------------------------------------


def _every(session: Session) -> None:
    say, cards = session.say, session.desk.cards
    names = sorted(cards, key=lambda name: (cards[name].family, name))
    told = _leads_of(session, [name for name in names if not lab.closed(cards[name], session.reader)])
    rows = [
        {
            say("lab.scheme"): labels.scheme(name, session.language, session.desk),
            say("queue.family"): session.text(FAMILIES[cards[name].family]),
            say("lab.leads"): few.told(session, told[name]) if name in told else say("lab.discipline_only"),
            say("lab.recall"): _figure(name, "recall"),
            say("lab.precision"): _figure(name, "precision"),
            say("lab.pr_auc"): _figure(name, "pr_auc"),
            say("lab.state"): _state(session, name),
        }
        for name in names
    ]
    st.caption(say("lab.every_what"))
    picked = tables.picker(pl.DataFrame(rows), names, name="lab-schemes", alt=say("lab.every_what"))
    few.explain(session)
    if picked:
        session.go("lab", scheme=picked)


def _leads_of(session: Session, names: list[str]) -> dict[str, int | None]:
    """How many leads of each scheme there are here, as the reader may see it."""
    leads = lab.raised(session.desk, session.reader, session.region_codes)
    found = dict(leads.group_by("scheme").len().iter_rows())
    return few.seen(session, {name: found.get(name, 0) for name in names})


def _figure(scheme: str, name: str) -> str:
    """A figure of the made-up county with planted cases; a dash where nobody measured."""
    row = next((row for row in measured.rows(scheme) if row.get("regime") == "capture"), {})
    value = row.get(name) or ""
    return f"{float(value):.3f}" if value else shown.UNKNOWN


def _state(session: Session, scheme: str) -> str:
    run = session.desk.runs.get(scheme)
    if scheme in session.desk.board.shadow and not lab.closed(session.desk.cards[scheme], session.reader):
        return session.say("lab.in_shadow")
    return session.say(_STATUS.get(run["status"] if run else "not_run", "queue.not_run"))


# -- one of them -----------------------------------------------------------------------------------------------------


def _purpose(session: Session, card: Card) -> None:
    say = session.say
    st.subheader(session.text(card.title))
    st.text(session.text(card.question))
    kind = say("lab.statistical") if card.statistical else say("lab.deterministic")
    parts = (FAMILIES[card.family], SUBJECTS[card.subject], LEVELS[card.level], SEVERITIES[card.severity])
    st.caption(" · ".join([*(session.text(part) for part in parts), kind, card.scheme]))


def _formula(session: Session, card: Card) -> None:
    say = session.say
    st.subheader(say("lab.formula"))
    for wording in (card.arithmetic, *(case.arithmetic for case in card.cases.values())):
        st.text(_open(session, card, session.text(wording)))
    st.subheader(say("lab.thresholds"))
    if not card.rules:
        st.text(say("rules.none"))
        return
    st.text("\n".join(_rule(session, name) for name in card.rules))
    if may(session.role, "rules"):
        session.link("rules", say("lab.to_rules"), find=card.rules[0])


def _open(session: Session, card: Card, words: str) -> str:
    """A template as anybody reads it: the names of the facts where a lead has their values."""

    def named(found: re.Match[str]) -> str:
        fact = card.facts.get(found.group(1))
        return found.group() if fact is None else f"〔{session.text(fact.label)}〕"

    return _FACT.sub(named, words)


def _rule(session: Session, name: str) -> str:
    """What the rule is called and says here on the day of the data."""
    say, policy = session.say, session.desk.policy
    rule = policy.rule(name)
    line = rulebook.line(rule, session.desk.as_of, session.view.region)
    said = [*dict.fromkeys(scopes.value(session, rule, entry) for entry in line.now)]
    more = [say("rulebook.more", count=len(said) - _LINES)] if len(said) > _LINES else []
    value = say("rules.and").join([*said[:_LINES], *more]) or say("rulebook.none")
    return say("lab.in_force", rule=session.text(rule.label), code=name, value=value)


def _inputs(session: Session, card: Card) -> None:
    say = session.say
    st.subheader(say("lab.inputs"))
    for title, needs in (
        (say("lab.needs"), card.needs),
        (say("lab.either"), card.either),
        (say("lab.also_uses"), card.also_uses),
    ):
        if needs:
            st.text(f"{title}: {_needs(session, needs)}")
    st.subheader(say("lab.protected"))
    if not card.protected:
        st.text(say("lab.no_protected"))
    for column, use in card.protected.items():
        table, _, name = column.partition(".")
        st.text(f"{labels.column(table, name, session.language)}: {say(_USES[use])}")


def _needs(session: Session, needs: tuple[Need, ...]) -> str:
    return labels.named([one for need in needs for one in str(need).split(", ")], session.language)


def _innocent(session: Session, card: Card) -> None:
    say = session.say
    st.subheader(say("dossier.innocent"))
    st.text("\n".join(f"{'✓' if one.checked else '?'} {session.text(one.text)}" for one in card.innocent))
    st.caption(say("lab.innocent_what"))
    st.subheader(say("dossier.settle"))
    st.text(session.text(card.verify))


# -- what it did here ------------------------------------------------------------------------------------------------


def _raised(session: Session, card: Card) -> None:
    """Leads by level and by region below, small counts hidden."""
    say = session.say
    st.subheader(say("lab.raised"))
    if lab.closed(card, session.reader):
        st.text(say("lab.closed"))
        return
    run = session.desk.runs.get(card.scheme)
    if run is None or run["status"] == "not_run":
        st.text(say("queue.not_run"))
        if run and run["reason"]:
            st.text(labels.needs(run["reason"], session.language))
        return
    leads = lab.raised(session.desk, session.reader, session.region_codes).filter(pl.col("scheme") == card.scheme)
    if leads.is_empty():
        st.text(say("lab.none_raised"))
        return
    rows = _by_place(session, leads)
    tables.plain(pl.DataFrame(rows), alt=say("lab.raised"))
    few.explain(session)


def _by_place(session: Session, leads: pl.DataFrame) -> list[dict[str, str]]:
    say, here = session.say, session.view.region
    codes = leads["home"].unique().sort().to_list()
    below = {code: _below(session, code) for code in codes}
    placed = leads.with_columns(pl.col("home").replace_strict(below, return_dtype=pl.String()).alias("below"))
    found = {(code, level): n for code, level, n in placed.group_by("below", "level").len().iter_rows()}
    places, levels = sorted(set(below.values())), [str(name) for name in LEVELS if name in set(leads["level"])]
    cells: dict[Cell, int] = {(code, level): found.get((code, level), 0) for code in places for level in levels}
    cells |= {(code, _ALL): sum(cells[code, level] for level in levels) for code in places}
    cells |= {(_ALL, level): sum(cells[code, level] for code in places) for level in [*levels, _ALL]}
    sums: list[Sum[Cell]] = [((code, _ALL), [(code, level) for level in levels]) for code in [*places, _ALL]]
    sums += [((_ALL, level), [(code, level) for code in places]) for level in [*levels, _ALL]]
    seen = few.seen(session, cells, sums=sums)
    names = {code: say("coverage.not_below") if code == here else session.place(code) for code in places}
    return [
        {
            say("overview.region"): name,
            **{
                labels.code("level", level, session.language, session.desk): few.told(session, seen[code, level])
                for level in levels
            },
            say("coverage.together"): few.told(session, seen[code, _ALL]),
        }
        for code, name in {**names, _ALL: say("coverage.together")}.items()
    ]


def _below(session: Session, code: str) -> str:
    """The region next below the chosen one that a lead lies in; the chosen one where none does."""
    path = [region.code for region in session.desk.regions.path(code)]
    here = session.view.region
    after = path[path.index(here) + 1 :] if here in path else []
    return after[0] if after else here


def _stop(session: Session, card: Card) -> None:
    """The stop rule (R16) and where this scheme stands under it."""
    say, policy = session.say, session.desk.policy
    st.subheader(say("lab.stop"))
    minimum, share = int(policy.tuning("stop_rule", "minimum")), float(policy.tuning("stop_rule", "share"))
    st.caption(say("lab.stop_what", minimum=minimum, share=f"{share:.0%}"))
    if lab.closed(card, session.reader):
        st.text(say("lab.closed"))
        return
    st.text(_standing(session, card.scheme, minimum))


def _standing(session: Session, scheme: str, minimum: int) -> str:
    say, one = session.say, session.desk.board.precision.get(scheme)
    if one is None or not one.n:
        return say("lab.stop_unknown")
    if one.shadow:
        return say("lab.stop_shadow")
    if one.n < minimum:
        return say("lab.stop_early", minimum=minimum)
    if least(session) == SEES_ALL and one.high is not None:
        return say("lab.stop_passed", confirmed=one.confirmed, n=one.n, high=f"{one.high:.0%}")
    return say("lab.stop_passed_quietly")
