"""On what paper is a document of the office printed: its letters, its margins, and what every page carries?

Chinese is set in the office's own faces (仿宋 for the text, 黑体 for headings, 宋体 for titles), each with the names by
which other systems know it; the watermark is a drawing behind the text of every page, and its words stand in the head.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from unicodedata import east_asian_width

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from casework.text import Language
from dashboard.exports.mark import Mark
from dashboard.exports.plain import plain
from dashboard.exports.typeset import typeset

LATIN: Final = "Times New Roman"
ALSO: Final = {  # the same letters under other systems' names, the nearest first
    "仿宋": ("FangSong", "仿宋_GB2312", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC"),
    "宋体": ("SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC"),
    "黑体": ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC"),
    LATIN: ("Liberation Serif", "Tinos"),
}
GREY: Final = RGBColor(0x59, 0x59, 0x59)
AMBER: Final = RGBColor(0x9C, 0x57, 0x00)
WIDTH: Final = Mm(210 - 24 - 24)
_TALL: Final = 46  # points of the watermark's letters
_LONGEST: Final = 470  # points that fit the page slantwise
_PAGES: Final[dict[Language, tuple[str, str, str]]] = {"zh": ("第 ", " 页  共 ", " 页"), "en": ("Page ", " of ", "")}
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_DRAWN: Final = """<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="MingchaWatermark" o:spid="_x0000_s2049" type="#_x0000_t136" o:allowincell="f" fillcolor="#d0d0d0"
 stroked="f" style="position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:{tall}pt;rotation:315;
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;
mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:fill opacity=".45"/><v:textpath style="font-family:&quot;SimSun&quot;;font-size:1pt" string=""/></v:shape>
</w:pict>"""


@dataclass(frozen=True, slots=True)
class Face:
    """How one kind of paragraph looks."""

    letters: str
    size: float
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 1.25
    grey: bool = False


FACES: Final = {
    "Mingcha Title": Face("宋体", 20, bold=True, before=2, after=8, line=1.1),
    "Mingcha Heading": Face("黑体", 12, bold=True, before=8, after=3),
    "Mingcha Text": Face("仿宋", 11, after=2),
    "Mingcha Lead": Face("仿宋", 12.5, bold=True, before=6, after=4),
    "Mingcha Caption": Face("黑体", 9.5, before=4, after=2),
    "Mingcha Note": Face("仿宋", 9.5, after=3, line=1.1, grey=True),
    "Mingcha Cell": Face("仿宋", 9.5, before=1.5, after=1.5, line=1.1),
    "Mingcha Label": Face("黑体", 9.5, before=1.5, after=1.5, line=1.1),
    "Mingcha Page": Face("宋体", 8.5, line=1.0, grey=True),
}


def paper(mark: Mark, title: str, at: datetime, language: Language) -> Document:
    """An empty A4 document whose every page carries the mark and its number."""
    made = docx.Document()
    _letters(made)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(32), Mm(24)
    section.header_distance = section.footer_distance = Mm(11)
    _head(section.header, mark, language)
    _foot(section.footer, mark, language)
    said = made.core_properties
    said.author, said.last_modified_by, said.title = "明察 Mingcha", mark.taken, title
    said.comments, said.language = mark.notice, "zh-CN" if language == "zh" else "en"
    said.created = said.modified = at.replace(tzinfo=None)
    return made


def saved(made: Document) -> bytes:
    """The file."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def write(into: Any, face: str, text: str) -> Paragraph:  # noqa: ANN401 - a document, a cell, a header: each adds
    """One paragraph of imported or own words, without signs that do not show."""
    return dressed(into.add_paragraph(plain(text)), face)


def dressed(paragraph: Paragraph, face: str) -> Paragraph:
    """The paragraph in one of our faces; by the style's id, for the library looks a name up among all styles."""
    paragraph._p.style = face.replace(" ", "")  # noqa: SLF001 - the library has no other way past the look-up
    return paragraph


def _letters(made: Document) -> None:
    """Styles of our own, their East-Asian letters named; no theme decides over them."""
    defaults = made.styles.element.find(qn("w:docDefaults"))
    for letters in defaults.iter(qn("w:rFonts")):
        letters.attrib.clear()
        _set(letters, "仿宋")
    for name, face in FACES.items():
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - what add_style makes for a paragraph
        style.font.name, style.font.size, style.font.bold = LATIN, Pt(face.size), face.bold
        _set(style.element.get_or_add_rPr().get_or_add_rFonts(), face.letters)
        if face.grey:
            style.font.color.rgb = GREY
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(face.before), Pt(face.after), face.line
        shape.keep_with_next = face.letters == "黑体" and name != "Mingcha Label"
    made.styles["Mingcha Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.styles["Mingcha Heading"].element.get_or_add_pPr().append(element("w:outlineLvl", val="0"))
    _table_of_letters(made)


def _set(letters: Any, chinese: str) -> None:  # noqa: ANN401 - an element of the library
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", chinese)):
        letters.set(qn(f"w:{script}"), name)
    letters.set(qn("w:hint"), "eastAsia")


def _table_of_letters(made: Document) -> None:
    """Name in the document's own table under which other names a system may have the letters."""
    fonts = parse_xml(f"<w:fonts {nsdecls('w')}/>")
    for name, others in ALSO.items():
        font = element("w:font", name=name)
        font.append(element("w:altName", val=",".join(others)))
        font.append(element("w:charset", val="00" if name == LATIN else "86"))
        fonts.append(font)
    old = next(key for key, rel in made.part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    made.part.drop_rel(old)
    own = Part(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, serialize_part_xml(fonts), made.part.package
    )
    made.part.relate_to(own, RELATIONSHIP_TYPE.FONT_TABLE)


def _head(header: Any, mark: Mark, language: Language) -> None:  # noqa: ANN401 - a header of the library
    """Who took it and what it is not; behind the text the watermark."""
    header.is_linked_to_previous = False
    first = dressed(header.paragraphs[0], "Mingcha Page")
    first.add_run(typeset(mark.notice, language)).bold = True
    if mark.synthetic:
        banner = write(header, "Mingcha Page", typeset(mark.synthetic, language))
        banner.runs[0].bold = True
        banner.runs[0].font.color.rgb = AMBER
    taken = write(header, "Mingcha Page", mark.line)
    border = element("w:pBdr")
    border.append(element("w:bottom", val="single", sz="4", space="3", color="A6A6A6"))
    taken.paragraph_format.element.get_or_add_pPr().append(border)
    taken.add_run()._r.append(_watermark(mark.taken))  # noqa: SLF001 - the library draws nothing itself


def _foot(footer: Any, mark: Mark, language: Language) -> None:  # noqa: ANN401 - a footer of the library
    """第 x 页 共 y 页, counted by whoever prints it."""
    footer.is_linked_to_previous = False
    page = dressed(footer.paragraphs[0], "Mingcha Page")
    page.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = _PAGES[language]
    page.add_run(before)
    _count(page, "PAGE")
    page.add_run(between)
    _count(page, "NUMPAGES")
    page.add_run(f"{after}    {mark.taken}")


def _count(paragraph: Paragraph, what: str) -> None:
    """A field that the reader's program fills."""
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run("1" if kind == "1" else "")
        if kind == "":
            code = element("w:instrText")
            code.text = f" {what} "
            run._r.append(code)  # noqa: SLF001 - the library has no fields
        elif kind != "1":
            run._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - the same


def _watermark(text: str) -> Any:  # noqa: ANN401 - an element of the library
    """The words slantwise over the page, pale enough to read through."""
    ems = sum(1.0 if east_asian_width(sign) in "WF" else 0.52 for sign in text)
    tall = min(_TALL, _LONGEST / max(ems, 1))
    drawn = parse_xml(_DRAWN.format(wide=round(tall * ems), tall=round(tall)))
    drawn.find(f".//{_VML}textpath[@string]").set("string", text)
    return drawn


def element(tag: str, **values: str) -> Any:  # noqa: ANN401 - an element of the library
    """An element of the document, its `w:` attributes set."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made
