"""How often does a statistical question find an effect that was planted, by its strength and the size of the data?"""

from typing import Final

import plotly.graph_objects as go
import polars as pl

from dashboard import calibrated
from dashboard.calibrated import Row
from dashboard.parts import tables, twin
from dashboard.parts.charts import SOFT, base
from dashboard.session import Session

_HEIGHT: Final = 340
_COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_DASHES: Final = ("solid", "dash", "dot")


def draw(session: Session, scheme: str, rows: list[Row]) -> None:
    """Our own method as a picture, a line a world and size; every method in the table and the file."""
    say = session.say
    table = pl.DataFrame(calibrated.in_words(rows, session.language))
    tables.plain(table, alt=say("lab.power"))
    own = [row for row in rows if row.get("method") == calibrated.OWN and row.get("effect")]
    if own:
        alt = say("lab.power_alt", lines=len(_lines(own)))
        twin.draw(session, _figure(session, own), table, name=f"power-{scheme}", alt=alt, data=pl.DataFrame(rows))


def _lines(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """The rows by kind and size, small sizes first, each by effect."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.get("kind", ""), _number(row.get("size")), _number(row["effect"]))):
        found.setdefault((row.get("kind", ""), row.get("size", "")), []).append(row)
    return found


def _figure(session: Session, rows: list[Row]) -> go.Figure:
    language, figure = session.language, base(height=_HEIGHT)
    for place, ((kind, size), line) in enumerate(_lines(rows).items()):
        colour, dash = _COLOURS[place % len(_COLOURS)], _DASHES[place // len(_COLOURS) % len(_DASHES)]
        shares = [_number(row["power"]) for row in line]
        figure.add_trace(
            go.Scatter(
                x=[_number(row["effect"]) for row in line],
                y=[share * 100 for share in shares],
                error_y=_interval(line, shares),
                mode="lines+markers",
                line={"color": colour, "dash": dash},
                name=f"{calibrated.code('kind', kind, language)} · {calibrated.code('size', size, language)}",
                hoverinfo="skip",
            )
        )
    figure.update_xaxes(title={"text": calibrated.title("effect", language), "font": {"color": SOFT}})
    figure.update_yaxes(title={"text": calibrated.title("power", language), "font": {"color": SOFT}})
    figure.update_yaxes(range=[-3, 103], ticksuffix="%")
    figure.update_layout(showlegend=True, margin={"t": 16})
    return figure


def _interval(line: list[Row], shares: list[float]) -> dict[str, object] | None:
    """The 95 % intervals, where every point has one."""
    if not all(row.get("power_low") and row.get("power_high") for row in line):
        return None
    pairs = [(share, row) for share, row in zip(shares, line, strict=True)]
    return {
        "array": [100 * (_number(row["power_high"]) - share) for share, row in pairs],
        "arrayminus": [100 * (share - _number(row["power_low"])) for share, row in pairs],
        "thickness": 1.2,
    }


def _number(value: str | None) -> float:
    """As a number; what is empty or none comes first."""
    try:
        return float(value or 0)
    except ValueError:
        return 0.0
