"""Whether two persons are one: who judged so, why, and who withdrew it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table and the path by which a pair is asked."""
    op.create_table(
        "pair_judgement",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("person_a", sa.BigInteger, nullable=False),
        sa.Column("person_b", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("verdict", "who", "at", "why", "lead_id")),
        sa.Column("withdrawn_seq", sa.BigInteger),
        *(sa.Column(name, sa.Text) for name in ("withdrawn_by", "withdrawn_at", "withdrawn_why")),
        sa.CheckConstraint("person_a < person_b", name="pair_judgement_in_order"),
    )
    op.create_index("pair_judgement_pair", "pair_judgement", ["person_a", "person_b"])
    op.create_index(
        "pair_judgement_stands",
        "pair_judgement",
        ["person_a", "person_b"],
        unique=True,
        sqlite_where=sa.text("withdrawn_seq IS NULL"),
        postgresql_where=sa.text("withdrawn_seq IS NULL"),
    )
