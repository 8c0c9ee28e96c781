"""What does each numbered part of a hand-over sheet say?"""

import json
from collections.abc import Sequence
from typing import Final

import polars as pl

from casework.kinship.words import RELATIONS
from casework.review import identity
from casework.review.vocabulary import IDENTITIES
from casework.tables import TABLES
from dashboard.exports.beside import Beside, Decided, Statement
from dashboard.exports.opened import Opened
from dashboard.exports.printed import Grid, Note, Pairs, Part
from dashboard.judging import related
from dashboard.parts import account as accounts
from dashboard.parts import evidence as proof
from dashboard.parts import facts as facts_told
from dashboard.parts import labels, shown, strata
from dashboard.parts import rules as ruled
from dashboard.parts.said import sentence
from dashboard.queries import account as statements
from dashboard.queries import money
from dashboard.queries.people import Person
from dashboard.session import Reading

Parts = list[Part]
_NUMBER: Final = {
    "valid": "dossier.number_valid",
    "upgraded15": "dossier.number_upgraded",
    "bad_check": "dossier.number_bad",
}


def arithmetic(one: Opened) -> Parts:
    """The question, the arithmetic in words, and its facts."""
    reading = one.reading
    names = reading.desk.programmes
    return [
        reading.say("handover.question", question=reading.text(one.card.question)),
        one.spoken.reckons(one.told, reading.language, names),
        Pairs(facts_told.rows(reading, one.spoken, one.told)),
        *_strata(one),
    ]


def _strata(one: Opened) -> Parts:
    """Beside whom the figure is out of line, a line a stratum, by name."""
    lines = strata.lines(one.lead, one.facts)
    if not lines:
        return []
    frame = strata.table(one.reading, one.lead["scheme"], lines)
    title = one.reading.say("strata.title", total=len(lines))
    return [Grid(frame.columns, frame.rows(), (2, 0.7, 1.5, 1.5, 1.5), title)]


def account(one: Opened) -> Parts:
    """The statement of means that governs the last day of the lead, item by item (算账单)."""
    reading, say, desk = one.reading, one.reading.say, one.reading.desk
    choices = statements.stated(desk.opened, one.proof, one.lead, one.row, one.facts)
    if not choices:
        return []
    chosen = choices[0]
    day = chosen.days[0] if chosen.days else None
    made = statements.account(desk.opened, desk.policy, chosen, day, one.lead, one.row, one.facts)
    if made is None:
        return []
    of = say("account.of", household=made.household_no, as_of=made.as_of)
    frame = accounts.lines(reading, made)
    parts: Parts = [
        Grid(frame.columns, frame.rows(), (1.5, 1.3, 1.3, 0.7, 1.3, 2.2, 1.3), f"{say('account.title')} {of}"),
        say("account.unknown") if made.year_fen is None else say("account.year", sum=shown.yuan(made.year_fen)),
    ]
    if made.closing.height and made.day is not None:
        closing = accounts.closing(reading, made)
        heading = say("account.closing", day=accounts.day_of(made.day, chosen))
        parts += [
            Grid(closing.columns, closing.rows(), (3, 2), heading),
            *map(Note, accounts.resting_on(reading, made).splitlines()),
        ]
    return parts


def kin(one: Opened) -> Parts:
    """The path of kin from the official, person by person."""
    say = one.reading.say
    rows = [
        (
            _who(one.persons.get(each.person_id)),
            one.reading.text(RELATIONS[each.tie]) if each.tie else "",
            one.reading.text(each.called),
        )
        for each in one.kin
    ]
    columns = (say("dossier.kin_person"), say("dossier.kin_tie"), say("dossier.kin_term"))
    return [Grid(columns, rows, (2, 1, 1), say("dossier.kin"))] if rows else []


def judged(one: Opened) -> Parts:
    """What two of whom the lead speaks were judged to be, by whom and when; a line each, nobody named in it."""
    reading = one.reading
    said = identity.about(reading.desk.workspace.database, {*one.persons, *related(one.lead)})
    return [
        reading.say(
            "handover.judged",
            verdict=reading.text(IDENTITIES[each.verdict]),
            who=each.who,
            at=each.at[:16].replace("T", " "),
            why=each.why,
        )
        for each in said
        if each.stands
    ]


def persons(one: Opened) -> Parts:
    """Whom the lead speaks of, and how sure the number of each is."""
    say = one.reading.say
    rows = [
        (person.name, person.number, say(_NUMBER.get(person.state, "dossier.number_unknown")))
        for person in one.persons.values()
    ]
    columns = (say("dossier.name"), say("dossier.number"), say("dossier.number_state"))
    return [Grid(columns, rows, (1, 2, 1))] if rows else []


def _who(person: Person | None) -> str:
    return "" if person is None else f"{person.name} {person.number}".strip()


def evidence(one: Opened) -> Parts:
    """Every row the lead rests on, numbered, with its file, its line, and its columns by name."""
    reading, say = one.reading, one.reading.say
    place = ["source_file", "source_row", "key"]
    rows: list[tuple[str, ...]] = []
    for name in sorted(one.proof["table"].unique(), key=[*TABLES].index):
        mine = one.proof.filter(pl.col("table") == name)
        there = set(mine["column"].to_list())
        columns = [column.name for column in TABLES[name].columns if column.name in there]
        wide = mine.pivot("column", index=place, values="value", aggregate_function="first").sort(place)
        for row in wide.to_dicts():
            values = [
                (column, proof.cell(reading, name, column, row, one.persons, reveal=one.reveal)) for column in columns
            ]
            said = [
                say("handover.value", label=labels.column(name, column, reading.language), value=value)
                for column, value in values
                if value
            ]
            where = say("handover.where", file=row["source_file"], line=row["source_row"])
            rows.append(
                (str(len(rows) + 1), labels.table(name, reading.language), where, say("handover.joint").join(said))
            )
    if not rows:
        return [say("dossier.no_evidence")]
    titles = (say("handover.no"), say("handover.kind"), say("handover.file_line"), say("handover.content"))
    return [Grid(titles, rows, (0.5, 1.3, 1.5, 4.7), verbatim=True)]


def rules(one: Opened) -> Parts:
    """Each rule as it was in force, and where it is printed."""
    parts: Parts = []
    for said, sources in ruled.told(one.reading, one.card, one.lead, one.row, one.facts, one.proof):
        parts += [said, *map(Note, sources)]
    return parts or [one.reading.say("rules.none")]


def innocent(one: Opened) -> Parts:
    """What the data have ruled out, and what only a person can ask."""
    say, checked = one.reading.say, set(json.loads(one.lead["checked_innocent"] or "[]"))
    parts: Parts = []
    for wanted, heading, sign in ((True, say("dossier.checked"), "☑"), (False, say("dossier.to_ask"), "☐")):
        texts = [one.reading.text(each.text) for at, each in enumerate(one.card.innocent) if (at in checked) is wanted]
        if texts:
            parts += [heading, *(f"{sign} {text}" for text in texts)]
    return parts


def others(one: Opened, beside: Beside) -> Parts:
    """The household's other leads and those on the same money, and where each of them stands."""
    reading, say = one.reading, one.reading.say
    same = money.same_money(reading.desk.workspace, one.mine, one.lead)
    found = money.related(one.mine, one.lead, same).to_dicts()
    if not found:
        return [say("handover.no_others")]
    rows = [
        (
            each["lead_id"],
            labels.scheme(each["scheme"], reading.language, reading.desk),
            sentence(reading, each, reveal=one.reveal),
            shown.yuan(each["amount_fen"]),
            beside.standing.get(each["lead_id"]) or say("handover.undecided"),
        )
        for each in found
    ]
    titles = (
        say("handover.id"),
        say("queue.lead"),
        say("queue.sentence"),
        say("queue.amount"),
        say("handover.standing"),
    )
    parts: Parts = [Grid(titles, rows, (1.2, 1.4, 3, 1.1, 1.3))]
    return [*parts, say("dossier.same_money", count=len(same))] if same else parts


def decided(reading: Reading, decisions: Sequence[Decided]) -> Parts:
    """Every decision so far, the first one first."""
    say = reading.say
    if not decisions:
        return [say("handover.none_decided")]
    rows = [
        (
            f"{each.at:%Y-%m-%d %H:%M}",
            each.who,
            say("handover.and").join(filter(None, (each.state, each.outcome))),
            each.reason,
            each.next_step,
            say("handover.joint").join(
                filter(None, (shown.yuan(each.amount_fen) if each.amount_fen is not None else "", str(each.on or "")))
            ),
        )
        for each in decisions
    ]
    titles = (
        say("handover.at"),
        say("handover.who"),
        say("handover.outcome"),
        say("handover.reason"),
        say("handover.next"),
        say("handover.done"),
    )
    return [Grid(titles, rows, (1.2, 1, 1.3, 1.9, 1.3, 1.4), verbatim=True)]


def stated(reading: Reading, statements_: Sequence[Statement]) -> Parts:
    """The subject's own words; that nobody has asked yet is said too."""
    say = reading.say
    if not statements_:
        return [say("handover.none_stated")]
    rows = [(str(each.on or shown.UNKNOWN), each.words, each.taken_by) for each in statements_]
    titles = (say("handover.on"), say("handover.words"), say("handover.taken_by"))
    return [Grid(titles, rows, (1, 5, 1), verbatim=True)]
