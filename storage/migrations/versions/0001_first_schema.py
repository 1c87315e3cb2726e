"""The first schema: practice, staff, patients, the ledger, the audit chain, the outbox."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Day, Instant, WholeMinutes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("act", "time_entry", "audit")


def upgrade() -> None:
    op.create_table(
        "practice",
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=True),
        sa.Column("display", sa.String(length=8), server_default="code", nullable=False),
        sa.Column("roster_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("staff_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("closed_through", sa.String(length=7), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("display IN ('code', 'initials', 'name')", name=op.f("ck_practice_display")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("team_id", name=op.f("uq_practice_team_id")),
    )
    op.create_table(
        "audit",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("object_kind", sa.String(length=24), nullable=False),
        sa.Column("object_id", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("prev_mac", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_audit_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "seq", name=op.f("pk_audit")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "channel",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("allowed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_channel_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "channel_id", name=op.f("pk_channel")),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("dedup_key", sa.String(length=200), nullable=False),
        sa.Column("delivery_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="pending", nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("unsure_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("slack_ts", sa.String(length=32), nullable=True),
        sa.Column("error", sa.String(length=60), nullable=True),
        sa.CheckConstraint("kind IN ('post', 'update', 'respond', 'ephemeral')", name=op.f("ck_outbox_kind")),
        sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_outbox_practice_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("practice_id", "dedup_key", name=op.f("uq_outbox_practice_id_dedup_key")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_outbox_practice_id_id")),
    )
    op.create_index("ix_outbox_lane", "outbox", ["practice_id", "lane", "sent_at", "seq"], unique=False)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["practice_id", "seq"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_table(
        "phi_cell",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_phi_cell_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_phi_cell")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_staff_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_staff")),
        sa.UniqueConstraint("practice_id", "user_id", name=op.f("uq_staff_practice_id_user_id")),
    )
    op.create_table(
        "act",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("surface", sa.String(length=16), nullable=False),
        sa.Column("undoes_id", sa.String(length=32), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"], ["staff.practice_id", "staff.id"], name=op.f("fk_act_practice_id_staff_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "undoes_id"], ["act.practice_id", "act.id"], name=op.f("fk_act_practice_id_undoes_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_act")),
        sa.UniqueConstraint("practice_id", "source_key", name=op.f("uq_act_practice_id_source_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_act_undoes",
        "act",
        ["practice_id", "undoes_id"],
        unique=True,
        sqlite_where=sa.text("undoes_id IS NOT NULL"),
        postgresql_where=sa.text("undoes_id IS NOT NULL"),
    )
    op.create_table(
        "draft",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"], ["staff.practice_id", "staff.id"], name=op.f("fk_draft_practice_id_staff_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_draft")),
        sa.UniqueConstraint("practice_id", "source_key", name=op.f("uq_draft_practice_id_source_key")),
    )
    op.create_index("ix_draft_expires_at", "draft", ["expires_at"], unique=False)
    op.create_table(
        "patient",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("mrn_index", sa.LargeBinary(), nullable=True),
        sa.Column("person_cell_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="active", nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("practitioner_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("status IN ('active', 'inactive', 'deceased')", name=op.f("ck_patient_status")),
        sa.ForeignKeyConstraint(
            ["practice_id", "owner_id"], ["staff.practice_id", "staff.id"], name=op.f("fk_patient_practice_id_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "person_cell_id"],
            ["phi_cell.practice_id", "phi_cell.id"],
            name=op.f("fk_patient_practice_id_person_cell_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "practitioner_id"],
            ["staff.practice_id", "staff.id"],
            name=op.f("fk_patient_practice_id_practitioner_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_patient")),
        sa.UniqueConstraint("practice_id", "code", name=op.f("uq_patient_practice_id_code")),
        sa.UniqueConstraint("practice_id", "mrn_index", name=op.f("uq_patient_practice_id_mrn_index")),
    )
    op.create_table(
        "staff_credential",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "staff_id",
            sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("since", Day(), nullable=False),
        sa.Column("until", Day(), nullable=True),
        sa.CheckConstraint("kind IN ('clinical_staff', 'qhp', 'non_clinical')", name=op.f("ck_staff_credential_kind")),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff.practice_id", "staff.id"],
            name=op.f("fk_staff_credential_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", "since", name=op.f("pk_staff_credential")),
    )
    op.create_table(
        "staff_role",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "staff_id",
            sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("since", Day(), nullable=False),
        sa.Column("until", Day(), nullable=True),
        sa.CheckConstraint(
            "role IN ('member', 'coordinator', 'supervisor', 'biller', 'admin')", name=op.f("ck_staff_role_role")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff.practice_id", "staff.id"],
            name=op.f("fk_staff_role_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", "role", "since", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "patient_month",
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "patient_id",
            sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("staff_minutes", sa.Integer(), nullable=False),
        sa.Column("qhp_minutes", sa.Integer(), nullable=False),
        sa.Column("review_minutes", sa.Integer(), nullable=False),
        sa.Column("other_minutes", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("minutes_to_next", sa.Integer(), nullable=True),
        sa.Column("rule_version", sa.String(length=16), nullable=False),
        sa.Column("refreshed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "patient_id"],
            ["patient.practice_id", "patient.id"],
            name=op.f("fk_patient_month_practice_id_patient_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "patient_id", "month", name=op.f("pk_patient_month")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "time_entry",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("practice_id", sa.String(length=32), nullable=False),
        sa.Column(
            "id", sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("act_id", sa.String(length=32), nullable=False),
        sa.Column("patient_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("entered_by_id", sa.String(length=32), nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("minutes", WholeMinutes(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=True),
        sa.Column("end_minute", sa.Integer(), nullable=True),
        sa.Column("activity", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("program", sa.String(length=8), nullable=True),
        sa.Column("clerical", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("credential", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("surface", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("words_cell_id", sa.String(length=32), nullable=True),
        sa.Column("words_hash", sa.LargeBinary(), nullable=True),
        sa.Column("note_cell_id", sa.String(length=32), nullable=True),
        sa.Column("note_hash", sa.LargeBinary(), nullable=True),
        sa.Column("reverses_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("flags", sa.String(length=80), server_default="", nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "credential IN ('clinical_staff', 'qhp', 'non_clinical')", name=op.f("ck_time_entry_credential")
        ),
        sa.CheckConstraint("minutes < 1440", name=op.f("ck_time_entry_minutes_under_a_day")),
        sa.CheckConstraint("minutes = CAST(minutes AS INTEGER)", name=op.f("ck_time_entry_minutes_whole")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_time_entry_minutes_positive")),
        sa.CheckConstraint("month = substr(CAST(day AS VARCHAR(10)), 1, 7)", name=op.f("ck_time_entry_month_of_day")),
        sa.ForeignKeyConstraint(
            ["practice_id", "act_id"], ["act.practice_id", "act.id"], name=op.f("fk_time_entry_practice_id_act_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "entered_by_id"],
            ["staff.practice_id", "staff.id"],
            name=op.f("fk_time_entry_practice_id_entered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "note_cell_id"],
            ["phi_cell.practice_id", "phi_cell.id"],
            name=op.f("fk_time_entry_practice_id_note_cell_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "patient_id"],
            ["patient.practice_id", "patient.id"],
            name=op.f("fk_time_entry_practice_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "reverses_id"],
            ["time_entry.practice_id", "time_entry.id"],
            name=op.f("fk_time_entry_practice_id_reverses_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff.practice_id", "staff.id"],
            name=op.f("fk_time_entry_practice_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "words_cell_id"],
            ["phi_cell.practice_id", "phi_cell.id"],
            name=op.f("fk_time_entry_practice_id_words_cell_id"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_time_entry")),
        sa.UniqueConstraint("practice_id", "id", name=op.f("uq_time_entry_practice_id_id")),
    )
    op.create_index("ix_time_entry_month", "time_entry", ["practice_id", "patient_id", "month"], unique=False)
    op.create_index("ix_time_entry_staff_day", "time_entry", ["practice_id", "staff_id", "day"], unique=False)
    op.create_index(
        "uq_time_entry_reverses",
        "time_entry",
        ["practice_id", "reverses_id"],
        unique=True,
        sqlite_where=sa.text("reverses_id IS NOT NULL"),
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )

    _guard()


def downgrade() -> None:
    op.drop_table("time_entry")
    op.drop_table("patient_month")
    op.drop_table("staff_role")
    op.drop_table("staff_credential")
    op.drop_table("patient")
    op.drop_table("draft")
    op.drop_table("act")
    op.drop_table("staff")
    op.drop_table("phi_cell")
    op.drop_table("outbox")
    op.drop_table("channel")
    op.drop_table("audit")
    op.drop_table("practice")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _guard() -> None:
    """What is written stays written: the database itself refuses UPDATE, DELETE and TRUNCATE."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
