"""Which text files must an import survive?"""

from pathlib import Path

from tests.faults import zips
from tests.faults.case import FIRST, GOOD, HEADER, SECOND, put, refused, told


@refused("E_LINE_TOO_LONG")
def a_line_of_a_gigabyte(folder: Path) -> Path:
    with (put(folder, f"{HEADER}\n") / "household.csv").open("ab") as file:
        file.write(b"x" * (2 * zips.MEBIBYTE))
        file.truncate(1 << 30)  # the rest is a hole: a gigabyte to whoever reads it, nothing on the disk
    return folder


@refused("E_LINE_TOO_LONG")
def a_line_of_one_byte_too_many(folder: Path) -> Path:
    return put(folder, GOOD + "H3,990101001001,".ljust((64 << 10) + 1, "x") + "\n")


@refused("E_QUOTE")
def a_quote_that_never_closes(folder: Path) -> Path:
    return put(folder, f'{HEADER}\n{FIRST}\nH3,990101001001,"示例路,\n{SECOND}\n')


@refused("E_QUOTE")
def a_quoted_record_of_many_lines(folder: Path) -> Path:
    return put(folder, GOOD + 'H3,990101001001,"' + "示例路\n" * 30_000 + '",\n' + SECOND)


@told("E_QUOTE", "rejected")
def words_after_a_closing_quote(folder: Path) -> Path:
    return put(folder, GOOD + 'H3,990101001001,"示例路"3号,\n')


@told("E_FIELD_COUNT", "rejected")
def a_row_with_a_comma_too_many(folder: Path) -> Path:
    return put(folder, GOOD + "H3,990101001001,示例路,3号,\n")


@told("E_FIELD_COUNT", "rejected")
def a_row_cut_short(folder: Path) -> Path:
    return put(folder, GOOD + "H3,9901010\n")


@refused("E_ENCODING")
def utf_8_with_a_damaged_byte(folder: Path) -> Path:
    return put(folder, GOOD.encode() + "H3,990101001001,示例".encode()[:-1] + b"\n")


@refused("E_ENCODING")
def utf_16_with_half_a_character(folder: Path) -> Path:
    return put(folder, ("\ufeff" + GOOD).encode("utf-16-le") + b"\x00\xd8\n\x00")


@refused("E_ENCODING")
def utf_32(folder: Path) -> Path:
    return put(folder, GOOD.encode("utf-32"))


@refused("E_REPLACEMENT_CHAR")
def a_character_lost_in_an_earlier_conversion(folder: Path) -> Path:
    return put(folder, GOOD + "H3,990101001001,示例\ufffd,\n")


@refused("E_MOJIBAKE")
def utf_8_once_read_as_gbk(folder: Path) -> Path:
    return put(folder, GOOD.encode().decode("gbk", "ignore"))


@refused("E_MOJIBAKE")
def gbk_once_read_as_latin(folder: Path) -> Path:
    return put(folder, GOOD.encode("gbk").decode("latin-1"))


@refused("E_HEADER")
def no_header_at_all(folder: Path) -> Path:
    return put(folder, f"{FIRST}\n{SECOND}\n")


@refused("E_DUP_COLUMN")
def one_header_twice(folder: Path) -> Path:
    return put(folder, "户编号,家庭住址,家庭住址 *\nH1,a,b\n")


@refused("E_DIMENSIONS")
def more_columns_than_any_table(folder: Path) -> Path:
    return put(folder, HEADER + "".join(f",x{place}" for place in range(1_000)) + "\n")


@told("W_ENCODING")
def gb18030(folder: Path) -> Path:
    return put(folder, GOOD.encode("gb18030"))


@told("W_ENCODING")
def utf_16_little_end_first(folder: Path) -> Path:
    return put(folder, ("\ufeff" + GOOD).encode("utf-16-le"))


@told("W_ENCODING")
def utf_16_big_end_first(folder: Path) -> Path:
    return put(folder, ("\ufeff" + GOOD).encode("utf-16-be"))


@told("W_DELIMITER")
def tabs(folder: Path) -> Path:
    return put(folder, GOOD.replace(",", "\t"))


@told("W_DELIMITER")
def semicolons(folder: Path) -> Path:
    return put(folder, GOOD.replace(",", ";"))


@told("W_HEADER_OFFSET")
def titles_above_the_header(folder: Path) -> Path:
    return put(folder, f"示例县家庭花名册,,,\n填报单位:示例县民政局\n{GOOD}")


@told("W_TOTAL_ROW", "ignored")
def a_total_below(folder: Path) -> Path:
    return put(folder, GOOD + "合  计,2户,,\n")


@told("W_FOOTER_ROW", "ignored")
def signatures_below(folder: Path) -> Path:
    return put(folder, GOOD + "\n填表人:示例甲,审核人:示例乙\n")


@told("W_TRAILING_EMPTY")
def empty_columns_at_the_end(folder: Path) -> Path:
    return put(folder, "".join(f"{line},,\n" for line in GOOD.splitlines()))


@refused("E_DELIMITER")
def bars_between_the_fields(folder: Path) -> Path:
    return put(folder, GOOD.replace(",", "|"))
