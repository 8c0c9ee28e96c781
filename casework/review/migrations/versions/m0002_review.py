"""What people decided, how each lead stands, who may come in, and saved views."""

import sqlalchemy as sa
from alembic import op

from casework.review.schema import functions, triggers

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables and the triggers of the growing one."""
    connection = op.get_bind()
    seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "act",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "subject", "kind", "content")),
    )
    op.create_index("act_subject", "act", ["subject", "seq"])
    op.create_index("act_key", "act", ["key"])
    op.create_table(
        "standing",
        sa.Column("lead_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("outcome", "assignee", "pending", "snoozed_until")),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "reader",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("region_code", sa.Text, nullable=False),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "saved_view",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("params", sa.Text, nullable=False),
    )
    for statement in (
        *(functions("act") if connection.dialect.name != "sqlite" else ()),
        *triggers(connection.dialect.name, "act").values(),
    ):
        connection.exec_driver_sql(statement)
