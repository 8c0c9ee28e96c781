"""How large and how slow may a file be before it is refused?"""

from dataclasses import dataclass

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one import; sizes in bytes, times in seconds of the wall clock.

    They protect the machine, not the data: an honest file meets none of them.
    """

    address_space: int = 4 * GIB  # of a reading child; polars reserves far more than it touches
    seconds: float = 60  # for any file, however small
    seconds_per_mib: float = 2  # on top; ten times what a slow disk needs for text
    packed_seconds_per_mib: float = 20  # the same for a workbook or Parquet, by its packed size
    text_bytes: int = 64 * GIB
    packed_bytes: int = 256 * MIB  # a workbook as it lies on disk
    inflated_bytes: int = GIB  # a full sheet of eighteen columns stays below it
    inflation: int = 200  # unpacked / packed above which a large workbook is a bomb
    parts: int = 2_000  # of a workbook
    directory_bytes: int = MIB  # of a zip's table of contents
    grid_cells: int = 40_000_000  # rows x columns that a sheet spans, empty ones counted: the parser allocates them all
    rows: int = 200_000_000
    columns: int = 1_000
    parquet_cells: int = 4_000_000_000
    line_bytes: int = 64 * KIB
    record_bytes: int = 256 * KIB  # a record whose quoted fields run over several lines
    row_faults: int = 100_000  # broken rows of one file, above which the file itself is not what it says
    block_bytes: int = 8 * MIB  # read at a time
    small_file_bytes: int = MIB  # meta.toml
    boundaries_bytes: int = 32 * MIB  # parsed whole, in some twenty times as much memory
    boundary_points: int = 2_000_000  # of all outlines together
    children: int = 2  # at a time
