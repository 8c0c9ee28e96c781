"""How is a chart drawn in a document, as the office programs draw their own: sharp on paper, no browser, no picture?

DrawingML (ECMA-376, part 1, 21.2) with the values in the chart itself; there is no workbook behind it to open.
"""

from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Length
from docx.text.paragraph import Paragraph

from dashboard.exports.paper import LATIN
from dashboard.exports.plain import plain
from dashboard.exports.report.shape import Course, Form, Line, Stroke

STROKES: Final[dict[Stroke, tuple[str, float, str]]] = {  # colour, points, dash
    "value": ("0072B2", 1.75, "solid"),
    "mean": ("5B6B74", 1.0, "solid"),
    "limit": ("5B6B74", 1.0, "dash"),
    "target": ("1C2B33", 1.25, "sysDot"),
}
UNUSUAL: Final = "C75000"
FORMATS: Final[dict[Form, str]] = {"percent": "0%", "yuan": "#,##0", "number": "#,##0.##"}
_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_POINT: Final = 12_700  # English Metric Units
_AXES: Final = ("111", "222")
_SLANTED: Final = -2_700_000  # sixty-thousandths of a degree: names of months side by side
_LETTERS: Final = (
    '<a:bodyPr rot="{turned}"/><a:p><a:pPr><a:defRPr sz="800"><a:solidFill><a:srgbClr val="404040"/></a:solidFill>'
    f'<a:latin typeface="{LATIN}"/><a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p>'
)


def draw(paragraph: Paragraph, course: Course, width: Length, height: Length, number: int) -> None:
    """The chart in a line of text; `number` is its own in the document."""
    package = paragraph.part.package
    content = chart_of(course).encode()
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _TYPE, content, package)
    relation = paragraph.part.relate_to(part, _RELATION)
    said = quoteattr(plain(f"{course.title}: {course.told}"))
    frame = (
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        f' xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:c="{_DRAWING}/chart"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{100 + number}" name="chart {number}" descr={said}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/chart"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    paragraph.add_run()._r.append(parse_xml(frame))  # noqa: SLF001 - the library draws no charts


def chart_of(course: Course) -> str:
    """The chart as the office programs keep it."""
    series = "".join(_series(place, line, course) for place, line in enumerate(course.lines))
    every = max(1, -(-len(course.months) // 6))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        + "".join(f'<c:axId val="{axis}"/>' for axis in _AXES)
        + "</c:lineChart>"
        + _axis("catAx", _AXES, "b", "General", f'<c:tickLblSkip val="{every}"/><c:noMultiLvlLbl val="1"/>')
        + _axis("valAx", _AXES[::-1], "l", FORMATS[course.form], '<c:crossBetween val="between"/>')
        + '</c:plotArea><c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f"<c:txPr>{_LETTERS.format(turned=0)}</c:txPr></c:chartSpace>"
    )


def _series(place: int, line: Line, course: Course) -> str:
    colour, points, dash = STROKES[line.stroke]
    drawn = line.stroke == "value"
    marker = f'<c:symbol val="circle"/><c:size val="4"/>{_fill(colour)}' if drawn else '<c:symbol val="none"/>'
    unusual = "".join(_unusual(month, colour, points) for month in course.unusual) if drawn else ""
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{escape(plain(line.name))}</c:v></c:tx>'
        f"<c:spPr>{_stroke(colour, points, dash)}</c:spPr><c:marker>{marker}</c:marker>{unusual}"
        f"<c:cat><c:strLit>{_cells(course.months)}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>General</c:formatCode>{_cells(line.values)}</c:numLit></c:val>"
        '<c:smooth val="0"/></c:ser>'
    )


def _unusual(month: int, colour: str, points: float) -> str:
    """A month that is no chance: larger and in another colour; the line to it stays as it is."""
    return (
        f'<c:dPt><c:idx val="{month}"/><c:marker><c:symbol val="diamond"/><c:size val="7"/>{_fill(UNUSUAL)}</c:marker>'
        f'<c:bubble3D val="0"/><c:spPr>{_stroke(colour, points, "solid")}</c:spPr></c:dPt>'
    )


def _cells(values: Sequence[Any]) -> str:
    known = "".join(
        f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values) if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{known}'


def _axis(kind: str, axes: Sequence[str], side: str, form: str, more: str) -> str:
    own, other = axes
    grid = f"<c:majorGridlines><c:spPr>{_stroke('E3E7E9', 0.5, 'solid')}</c:spPr></c:majorGridlines>" * (side == "l")
    return (
        f'<c:{kind}><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/>{grid}<c:numFmt formatCode="{form}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{_stroke("A6A6A6", 0.75, "solid")}</c:spPr>'
        f"<c:txPr>{_LETTERS.format(turned=_SLANTED if side == 'b' else 0)}</c:txPr>"
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/>{more}</c:{kind}>'
    )


def _stroke(colour: str, points: float, dash: str) -> str:
    return (
        f'<a:ln w="{round(points * _POINT)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/></a:ln>'
    )


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
