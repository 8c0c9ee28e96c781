"""Which scenarios come with the program, and where do they lie?

The seeds' local rule sets, one file each in `scenarios/`: examples to try and to copy, never in force by themselves.
"""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "scenarios"


def shipped() -> dict[str, Path]:
    """Each file by its name without the ending, in order of name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
