"""The journal; a workspace made before there were steps already has it."""

import sqlalchemy as sa
from alembic import op

from casework.review.schema import functions, triggers

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table and its triggers where they are missing."""
    connection = op.get_bind()
    if sa.inspect(connection).has_table("journal"):
        return
    seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    words = ("at", "who", "what", "why", "subject", "old", "new", "previous", "hash")
    op.create_table(
        "journal",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in words),
    )
    for statement in (
        *(functions("journal") if connection.dialect.name != "sqlite" else ()),
        *triggers(connection.dialect.name, "journal").values(),
    ):
        connection.exec_driver_sql(statement)
