"""Is a name on the disk, so that a loss of power does not take it away again?"""

import os
from contextlib import suppress
from pathlib import Path


def settle(folder: Path) -> None:
    """A folder's names onto the disk."""
    with suppress(OSError):  # some file systems know no such thing
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


__all__ = ["settle"]
