"""May the reader who clicks on a download still have it?

A file is made when its button is clicked, maybe long after the page was: meanwhile the reader may have been retired, or
given another role or region. So they are looked up anew, and nothing is made for who they were.
"""

from dataclasses import replace

from casework.review.scope import Scope
from casework.text import Text
from dashboard.entry import people
from dashboard.rights import NotYoursError
from dashboard.session import Session

_CHANGED = Text(
    "您的登记已停用,或身份、辖区已变更,文件未给出;请刷新页面后重试",
    "your registration was ended, or your role or area changed, so the file was not given; reload the page, try again",
)


def still(session: Session) -> Session:
    """The session with its reader as registered now; where nobody is registered, as it is.

    Raises:
        NotYoursError: the reader is no longer who they were when the page was made.
    """
    everybody, reader = people(session.desk), session.reader
    if not everybody and not reader.registered:
        return session
    one = everybody.get(reader.name)
    if one is None or not one.active or (one.role, Scope.of(one.region_code)) != (reader.role, reader.scope):
        raise NotYoursError(_CHANGED)
    return replace(session, reader=replace(reader, person_id=one.person_id, registered=True))
