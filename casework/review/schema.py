"""Which tables hold what people did, and what keeps the growing ones from ever changing?

`journal` and `act` only grow: triggers refuse every change and every row that is not the next one, whatever the
connection's settings. `standing`, `reader` and `pair_judgement` say how things stand now; all can be computed anew from
the acts, and `mingcha verify` does.
"""

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()
JOURNAL: Final = sa.Table(
    "journal",
    METADATA,
    # no other unique key: REPLACE must find nothing to replace
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "what", "why", "subject", "old", "new")),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index("journal_subject", "subject", "seq"),
    sa.Index("journal_done", "who", "what", "at"),
)
ACT: Final = sa.Table(
    "act",
    METADATA,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    # made by who asks: asking twice does it once
    sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),  # lead_id, or reader:<name>, scheme:<scheme>, pair:<digest>
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),  # canonical JSON; its digest is the journal entry's `new`
    sa.Index("act_subject", "subject", "seq"),
    sa.Index("act_key", "key"),
)
STANDING: Final = sa.Table(
    "standing",
    METADATA,
    sa.Column("lead_id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),  # how many acts there are about the lead
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("assignee", sa.Text),
    sa.Column("pending", sa.Text),  # close or reopen, waiting for a second name
    sa.Column("snoozed_until", sa.Text),
    sa.Column("content", sa.Text, nullable=False),  # the rest, canonical JSON (casework.review.standing)
)
READER: Final = sa.Table(
    "reader",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("active", sa.Boolean, nullable=False),
)
JUDGEMENT: Final = sa.Table(  # are two persons one? No row is ever taken out: what is withdrawn stays, and says so
    "pair_judgement",
    METADATA,
    # of the act that judged
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("person_a", sa.BigInteger, nullable=False),  # the smaller id
    sa.Column("person_b", sa.BigInteger, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("verdict", "who", "at", "why", "lead_id")),
    sa.Column("withdrawn_seq", sa.BigInteger),  # of the act that withdrew it, or that judged anew
    *(sa.Column(name, sa.Text) for name in ("withdrawn_by", "withdrawn_at", "withdrawn_why")),
    sa.CheckConstraint("person_a < person_b", name="pair_judgement_in_order"),
    sa.Index("pair_judgement_pair", "person_a", "person_b"),
    sa.Index(  # one judgement of a pair stands
        "pair_judgement_stands",
        "person_a",
        "person_b",
        unique=True,
        sqlite_where=sa.text("withdrawn_seq IS NULL"),
        postgresql_where=sa.text("withdrawn_seq IS NULL"),
    ),
)
VIEW: Final = sa.Table(  # a reader's own saved filters; not evidence of anything
    "saved_view",
    METADATA,
    sa.Column("owner", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("params", sa.Text, nullable=False),
)
WORKSPACE: Final = sa.Table(  # one row: whose database this is
    "workspace",
    METADATA,
    sa.Column("identity", sa.Text, primary_key=True),
)
GROWING: Final = ("journal", "act")
REFUSAL: Final = "the journal only grows"

_SQLITE: Final = {
    "{table}_keeps_entries": """
        CREATE TRIGGER {table}_keeps_entries BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END""",
    "{table}_keeps_words": """
        CREATE TRIGGER {table}_keeps_words BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END""",
    "{table}_only_appends": """
        CREATE TRIGGER {table}_only_appends BEFORE INSERT ON {table}
        WHEN {not_next}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END""",
}
_POSTGRES: Final = {
    "{table}_keeps_entries": """
        CREATE TRIGGER {table}_keeps_entries BEFORE DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION review_refuses()""",
    "{table}_keeps_words": """
        CREATE TRIGGER {table}_keeps_words BEFORE UPDATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION review_refuses()""",
    "{table}_only_appends": """
        CREATE TRIGGER {table}_only_appends BEFORE INSERT ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_appends()""",
}
_NOT_NEXT: Final = {
    "journal": """NEW.seq IS {distinct} (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
          OR NEW.previous IS {distinct} COALESCE((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '')""",
    "act": """NEW.seq IS NULL OR NEW.seq <= (SELECT COALESCE(MAX(seq), 0) FROM act)
          OR EXISTS (SELECT 1 FROM act WHERE key = NEW.key)""",
}
_FUNCTIONS: Final = (
    f"""CREATE OR REPLACE FUNCTION review_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE OR REPLACE FUNCTION {table}_appends() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF {not_next} THEN RAISE EXCEPTION '{refusal}'; END IF; RETURN NEW; END $$""",
)


def triggers(dialect: str, *tables: str) -> dict[str, str]:
    """The triggers of these growing tables by name, in the words of a database."""
    templates, distinct = (_SQLITE, "NOT") if dialect == "sqlite" else (_POSTGRES, "DISTINCT FROM")
    return {
        name.format(table=table): words.format(
            table=table, refusal=REFUSAL, not_next=_NOT_NEXT[table].format(distinct=distinct)
        )
        for table in (tables or GROWING)
        for name, words in templates.items()
    }


def functions(table: str) -> tuple[str, ...]:
    """What the triggers of a growing table call on PostgreSQL."""
    not_next = _NOT_NEXT[table].format(distinct="DISTINCT FROM")
    return tuple(words.format(table=table, not_next=not_next, refusal=REFUSAL) for words in _FUNCTIONS)


__all__ = [
    "ACT",
    "GROWING",
    "JOURNAL",
    "JUDGEMENT",
    "METADATA",
    "READER",
    "REFUSAL",
    "STANDING",
    "VIEW",
    "WORKSPACE",
    "functions",
    "triggers",
]
