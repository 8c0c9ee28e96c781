"""Whose database it is, and the paths by which the journal is asked once it is long."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of one row, and the indexes."""
    op.create_table("workspace", sa.Column("identity", sa.Text, primary_key=True))
    op.create_index("journal_subject", "journal", ["subject", "seq"])
    op.create_index("journal_done", "journal", ["who", "what", "at"])
    if op.get_bind().dialect.name != "sqlite":  # SQLite compares byte by byte anyhow; so a range of keys has its index
        op.alter_column("act", "key", type_=sa.Text(collation="C"))
