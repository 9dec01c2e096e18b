"""Run by Alembic: migrates the connection that `migrations.run` was given."""

from __future__ import annotations

from alembic import context

from today_feeling.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
