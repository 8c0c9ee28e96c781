"""What are the pages and the roles called?"""

from typing import Final

from dashboard.rights import Act, Role

PAGES: Final[dict[Act, str]] = {
    "queue": "queue.title",
    "dossier": "dossier.title",
    "record": "record.title",
    "search": "search.title",
    "network": "ego.title",
    "times": "times.title",
    "overview": "overview.title",
    "areas": "areas.title",
    "trends": "trends.title",
    "timeliness": "timeliness.title",
    "coverage": "coverage.title",
    "complaints": "complaints.title",
    "integrity": "integrity.title",
    "reform": "reform.title",
    "programmes": "programmes.title",
    "report": "report.title",
    "rows": "rows.title",
    "data": "data.title",
    "import": "intake.title",
    "rules": "rulebook.title",
    "calendar": "workdays.title",
    "lab": "lab.title",
    "whatif": "whatif.title",
    "worlds": "worlds.title",
    "people": "people.title",
    "journal": "journal.title",
}
ROLES: Final[dict[Role, str]] = {
    "inspector": "home.inspector",
    "supervisor": "home.supervisor",
    "leader": "home.leader",
    "researcher": "home.researcher",
    "steward": "home.steward",
    "auditor": "home.auditor",
}
JOBS: Final[dict[Role, str]] = {
    "inspector": "home.inspector_job",
    "supervisor": "home.supervisor_job",
    "leader": "home.leader_job",
    "researcher": "home.researcher_job",
    "steward": "home.steward_job",
    "auditor": "home.auditor_job",
}
