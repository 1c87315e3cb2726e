"""Alembic's entry: runs on the connection that `storage.migrating` hands over."""

from alembic import context

from storage import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.practice.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
