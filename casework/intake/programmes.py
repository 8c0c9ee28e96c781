"""Which rules come with a source, and which word of it means which programme?"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from casework.calendar import Calendar
from casework.errors import PolicyError
from casework.intake.fault import Fault
from casework.intake.headers import normalise
from casework.policy import Policy
from casework.text import Text


def programme_words(policy: Policy) -> Mapping[str, str]:
    """Normalised code, label or alias -> code, of the shipped list and a county's own."""
    words: dict[str, str] = {}
    entries = policy.rules["programme"].entries
    for entry in entries:
        for alias in entry.fields.get("aliases") or ():
            words.setdefault(normalise(alias), str(entry.scope["code"]))
    for entry in entries:
        code = str(entry.scope["code"])
        words |= {normalise(str(name)): code for name in (code, entry.fields["zh"], entry.fields["en"])}
    return words


def local_policy(files: Sequence[Path], kept: Path) -> tuple[Policy, list[Fault]]:
    """The shipped rules under a workspace's own and a source's; every fault of the source's files (E_POLICY)."""
    if not files:
        return Policy.load(kept), []
    folder = files[0].parent
    faults = [_fault(Path(wrong.file).name, wrong.line or None, wrong.message) for wrong in Policy.faults(folder)]
    try:
        Calendar.load(folder / "calendar.csv")
    except PolicyError as wrong:
        faults.append(_fault("calendar.csv", None, wrong.message))
    return (Policy.shipped() if faults else Policy.load(kept, folder)), faults


def _fault(name: str, line: int | None, message: Text) -> Fault:
    return Fault(f"policy/{name}", line, "", "E_POLICY", "refused", "", f"{message.zh} / {message.en}")
