"""Which errors does a reader meet, and what must they do?

Every message says what happened, where, what was expected and what to do, in both languages.
"""

from casework.text import Language, Text


class CaseworkError(Exception):
    """Something the reader can mend; printed as one clear line, never as a trace."""

    def __init__(self, message: Text) -> None:
        """Keep both languages; the exception's own text carries both."""
        super().__init__(f"{message.zh} / {message.en}")
        self.message = message

    def say(self, language: Language) -> str:
        """The message in one language."""
        return self.message.say(language)


class WrongUsageError(CaseworkError):
    """The command was called with something it cannot take."""


class NothingInForceError(CaseworkError):
    """A rule was asked for on a date or place where it has no value."""


class PolicyError(CaseworkError):
    """A policy file cannot be read as rules."""


class IntakeError(CaseworkError):
    """An import was refused; the faults say why."""


class WorkspaceError(CaseworkError):
    """A workspace is missing, empty or damaged."""


class JournalError(CaseworkError):
    """The journal cannot be written or does not verify."""


class BackupError(CaseworkError):
    """A backup cannot be made, is damaged, or may not be restored there."""


class EngineError(CaseworkError):
    """The engine asked for is not to be had here."""
