"""What are the columns and values of the rows behind a number called?

Every column that a metric's rows carry has its words here or is a column of the contract; a test walks all metrics.
"""

from datetime import date, datetime
from typing import Final

from casework.review.vocabulary import OUTCOMES, STATES
from casework.text import Text
from dashboard.parts import labels, shown
from dashboard.queries import papers
from dashboard.session import Session
from metrics.leads import LEAD

_OWN: Final = {
    "days": "rows.days",
    "hours": "rows.hours",
    "limit": "rows.limit",
    "due_at": "rows.due",
    "due_on": "rows.due_on",
    "governed": "rows.governed",
    "unit": "rows.unit",
    "used": "rows.used",
    "left": "rows.left",
    "stopped": "rows.stopped",
    "returns": "rows.returns",
    "returned_at": "rows.returned_at",
    "stage": "rows.stage",
    "began_on": "rows.began_on",
    "ended_on": "rows.ended_on",
    "since": "rows.since",
    "first_paid_month": "rows.first_paid_month",
    "told_days": "rows.told_days",
    "told_limit": "rows.told_limit",
    "closed_days": "rows.closed_days",
    "closed_limit": "rows.closed_limit",
    "first_received_at": "rows.first_received_at",
    "officials": "rows.officials",
    "visited_at": "rows.visited_at",
    "visits": "rows.visits",
    "unfiled": "rows.unfiled",
    "required": "rows.required",
    "filled": "rows.filled",
    "missing": "rows.missing",
    "postings": "rows.postings",
    "posted_days": "rows.posted_days",
    "posting_limit": "rows.posting_limit",
    "statement_on": "rows.statement_on",
    "circle": "rows.circle",
    "n": "rows.n",
    "covered": "rows.covered",
    "flow": "rows.flow",
    "amount_fen": "rows.amount",
    "recovered_fen": "rows.recovered",
    "repaid_fen": "rows.repaid",
    "paid_fen": "rows.paid",
    "full_fen": "rows.full",
    "y_fen": "rows.y",
    "line_fen": "rows.line",
    "standard_fen": "rows.standard",
    "standard_year_fen": "rows.standard_year",
    "consumption_fen": "rows.consumption",
    "rural_fen": "rows.rural",
    "urban_fen": "rows.urban",
}
_OF_METRIC: Final = {  # the same word for another thing
    ("emergency_on_time_share", "days"): "rows.calendar_days",
    ("emergency_on_time_share", "limit"): "rows.limit_hours",
    ("first_payment_on_time_share", "limit"): "rows.limit_months",
    ("review_on_time_share", "limit"): "rows.limit_months",
    ("open_overdue_share", "limit"): "rows.limit_units",
}
_WORDS: Final = {
    ("governed", "due_at"): "rows.by_due",
    ("governed", "decision_days"): "rows.by_rule",
    ("unit", "working_days"): "rows.in_working_days",
    ("unit", "hours"): "rows.in_hours",
    ("unit", "days"): "rows.in_days",
    ("unit", "due_at"): "rows.by_due",
}
_TABLES: Final = (
    "application",
    "award",
    "complaint",
    "beneficiary",
    "payment",
    "filing",
    "match",
    "review",
    "outreach",
    "region",
)
_OF_COMPLAINTS: Final = ("complaint",)
_OF_LEADS: Final[dict[str, dict[str, Text]]] = {
    "outcome": {str(code): text for code, text in OUTCOMES.items()},
    "state": {str(code): text for code, text in STATES.items()},
}
_FACETS: Final = ("scheme", "family", "level")


def title(session: Session, metric: str, name: str, *, of_leads: bool) -> str:
    """A column in words. `of_leads`: the rows are leads, whose level and outcome are no complaint's."""
    key = _OF_METRIC.get((metric, name)) or _OWN.get(name)
    if key is not None:
        return session.say(key)
    if of_leads and name.removesuffix("_fen") in (lead := {one.name: one.label for one in LEAD.columns}):
        return session.text(lead[name.removesuffix("_fen")])
    for table in _read(session, metric):
        if (words := labels.column(table, name.removesuffix("_fen"), session.language)) != name.removesuffix("_fen"):
            return words
    return name


def cell(session: Session, metric: str, name: str, value: object, *, of_leads: bool) -> str:
    """A value in words: money in yuan, days without the hour where none is known; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, (int, date)) and not isinstance(value, bool):
        return _figure(name, value)
    if (key := _WORDS.get((name, str(value)))) is not None:
        return session.say(key)
    if name in ("missing", "stage"):
        return _papers(session, str(value)) if name == "missing" else labels.table(str(value), session.language)
    return _of_lead(session, name, str(value)) if of_leads else _of_case(session, metric, name, value)


def _figure(name: str, value: int | date) -> str:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return f"{value:%Y-%m}" if name.endswith("month") else str(value)
    return shown.yuan(value) if name.endswith("_fen") else str(value)


def _moment(value: datetime) -> str:
    bare = (value.hour, value.minute, value.second) == (0, 0, 0)
    return f"{value:%Y-%m-%d}" if bare else f"{value:%Y-%m-%d %H:%M}"


def _papers(session: Session, slots: str) -> str:
    names = papers.names(session.desk.policy)
    known = [session.text(names[slot]) if slot in names else slot for slot in slots.split(";") if slot]
    return ("、" if session.language == "zh" else ", ").join(known)


def _of_lead(session: Session, name: str, value: str) -> str:
    text = _OF_LEADS.get(name, {}).get(value)
    if text is not None:
        return session.text(text)
    return labels.code(name, value, session.language, session.desk) if name in _FACETS else value


def _of_case(session: Session, metric: str, name: str, value: object) -> str:
    written = str(value).lower() if isinstance(value, bool) else str(value)
    for table in _read(session, metric):
        said = labels.cell(table, name, written, session.language, session.desk.programmes)
        if said != written:
            return said
    return written


def _read(session: Session, metric: str) -> tuple[str, ...]:
    """The tables whose words these rows use; a channel of discovery is none of an application."""
    card = session.desk.metric_cards[metric]
    if card.area == "complaints":
        return _OF_COMPLAINTS
    needed = tuple(need.table.name for need in card.needs)
    return tuple(dict.fromkeys([*(name for name in needed if name in _TABLES), *_TABLES]))
