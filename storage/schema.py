"""The tables, as SQLAlchemy Core. Every table belongs to a practice; every reference carries the practice with it.

Append-only (triggers refuse UPDATE and DELETE, see the migration): act, time_entry, audit.
Words, names and numbers of people stand only in sealed columns (`phi_cell`, `draft`, `outbox`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import (
    Day,
    Instant,
    WholeMinutes,
    belongs,
    id_column,
    metadata,
    of_practice,
    points_to,
    sealed_columns,
)


def _once(name: str, column: str) -> Index:
    """A column that is mostly empty and must be unique where it is not: only those rows are indexed."""
    given = text(f"{column} IS NOT NULL")
    return Index(name, "practice_id", column, unique=True, sqlite_where=given, postgresql_where=given)


practice = Table(
    "practice",
    metadata,
    id_column(),
    Column("name", String(200), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("team_id", String(32), unique=True),  # the Slack workspace; bound at the first connection
    Column("display", String(8), nullable=False, server_default="code"),  # how patients are shown in messages
    Column("roster_version", Integer, nullable=False, server_default="1"),  # bumped by every change of a patient
    Column("staff_version", Integer, nullable=False, server_default="1"),  # bumped by every change of staff or channels
    Column("closed_through", String(7)),  # the last closed service month, "2026-10"
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("id"),
    CheckConstraint("display IN ('code', 'initials', 'name')", name="display"),
)

staff = Table(
    "staff",
    metadata,
    of_practice(),
    id_column(),
    Column("user_id", String(32), nullable=False),  # Slack's immutable user id
    Column("name", String(200), nullable=False),
    Column("active", Boolean, nullable=False, server_default="1"),
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("practice_id", "id"),
    UniqueConstraint("practice_id", "user_id"),
    belongs(),
)

staff_role = Table(
    "staff_role",
    metadata,
    of_practice(),
    id_column("staff_id"),
    Column("role", String(16), nullable=False),
    Column("since", Day, nullable=False),
    Column("until", Day),  # the last day; null: still
    PrimaryKeyConstraint("practice_id", "staff_id", "role", "since"),
    points_to("staff", "staff_id"),
    CheckConstraint("role IN ('member', 'coordinator', 'supervisor', 'biller', 'admin')", name="role"),
)

staff_credential = Table(
    "staff_credential",
    metadata,
    of_practice(),
    id_column("staff_id"),
    Column("kind", String(16), nullable=False),  # decides whether minutes count (R10, R20, R21)
    Column("title", String(40), nullable=False),  # "RN", "MD", "front desk": kept with each entry
    Column("since", Day, nullable=False),
    Column("until", Day),
    PrimaryKeyConstraint("practice_id", "staff_id", "since"),
    points_to("staff", "staff_id"),
    CheckConstraint("kind IN ('clinical_staff', 'qhp', 'non_clinical')", name="kind"),
)

channel = Table(
    "channel",
    metadata,
    of_practice(),
    Column("channel_id", String(32), nullable=False),  # an allow-listed private channel
    Column("allowed_at", Instant, nullable=False),
    PrimaryKeyConstraint("practice_id", "channel_id"),
    belongs(),
)

phi_cell = Table(
    "phi_cell",
    metadata,
    of_practice(),
    id_column(),
    Column("kind", String(16), nullable=False),  # person, words, note, canary
    *sealed_columns(),
    PrimaryKeyConstraint("practice_id", "id"),
    belongs(),
    sqlite_with_rowid=False,
)

patient = Table(
    "patient",
    metadata,
    of_practice(),
    id_column(),
    Column("code", String(16), nullable=False),
    Column("mrn_index", LargeBinary),  # keyed hash of the normalised MRN
    Column("person_cell_id", String(32), nullable=False),
    Column("status", String(16), nullable=False, server_default="active"),
    Column("owner_id", String(32)),  # panel owner: the coordinator
    Column("practitioner_id", String(32)),  # billing practitioner
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("practice_id", "id"),
    UniqueConstraint("practice_id", "code"),
    UniqueConstraint("practice_id", "mrn_index"),
    points_to("phi_cell", "person_cell_id"),
    points_to("staff", "owner_id"),
    points_to("staff", "practitioner_id"),
    CheckConstraint("status IN ('active', 'inactive', 'deceased')", name="status"),
)

act = Table(
    "act",
    metadata,
    of_practice(),
    id_column(),
    Column("source_key", String(200), nullable=False),  # the request's identity: the same request acts once
    Column("kind", String(16), nullable=False),
    Column("staff_id", String(32), nullable=False),  # who asked
    Column("surface", String(16), nullable=False),  # command, message, mention, modal, button, import
    Column("undoes_id", String(32)),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("practice_id", "id"),
    UniqueConstraint("practice_id", "source_key"),
    points_to("staff", "staff_id"),
    points_to("act", "undoes_id"),
    _once("uq_act_undoes", "undoes_id"),
    sqlite_with_rowid=False,
)

time_entry = Table(
    "time_entry",
    metadata,
    # Ledger order. BigInteger autoincrements on PostgreSQL, SQLite wants INTEGER for that.
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    of_practice(),
    id_column(),  # the act's id and a line number: the rows of an act stand together
    Column("act_id", String(32), nullable=False),
    Column("patient_id", String(32), nullable=False),
    Column("staff_id", String(32), nullable=False),  # whose minutes they are
    Column("entered_by_id", String(32), nullable=False),  # who typed them
    Column("day", Day, nullable=False),  # service date, clinic-local
    Column("month", String(7), nullable=False),
    Column("minutes", WholeMinutes, nullable=False),
    Column("start_minute", Integer),  # minute of the clinic's day, when a range was given
    Column("end_minute", Integer),
    Column("activity", String(32)),
    Column("outcome", String(40)),
    Column("program", String(8)),  # another program's minutes: RPM, TCM, BHI, PCM (R19)
    Column("clerical", Boolean, nullable=False, server_default="0"),
    Column("credential", String(16), nullable=False),  # on the service date
    Column("title", String(40), nullable=False),
    Column("surface", String(16), nullable=False),
    Column("source_key", String(200), nullable=False),
    Column("words_cell_id", String(32)),
    Column("words_hash", LargeBinary),
    Column("note_cell_id", String(32)),
    Column("note_hash", LargeBinary),
    Column("reverses_id", String(32)),
    Column("reason", String(32)),
    Column(
        "flags", String(80), nullable=False, server_default=""
    ),  # "late,over_60,duplicate": said aloud with the entry
    Column("entered_at", Instant, nullable=False),
    UniqueConstraint("practice_id", "id"),
    points_to("act", "act_id"),
    points_to("patient", "patient_id"),
    points_to("staff", "staff_id"),
    points_to("staff", "entered_by_id"),
    points_to("phi_cell", "words_cell_id"),
    points_to("phi_cell", "note_cell_id"),
    points_to("time_entry", "reverses_id"),
    Index("ix_time_entry_month", "practice_id", "patient_id", "month"),
    Index("ix_time_entry_staff_day", "practice_id", "staff_id", "day"),
    _once("uq_time_entry_reverses", "reverses_id"),
    CheckConstraint("minutes > 0", name="minutes_positive"),
    CheckConstraint("minutes < 1440", name="minutes_under_a_day"),
    CheckConstraint("minutes = CAST(minutes AS INTEGER)", name="minutes_whole"),
    CheckConstraint("credential IN ('clinical_staff', 'qhp', 'non_clinical')", name="credential"),
    CheckConstraint("month = substr(CAST(day AS VARCHAR(10)), 1, 7)", name="month_of_day"),
)

patient_month = Table(
    "patient_month",
    metadata,
    of_practice(),
    id_column("patient_id"),
    Column("month", String(7), nullable=False),
    Column("staff_minutes", Integer, nullable=False),  # counted, by clinical staff
    Column("qhp_minutes", Integer, nullable=False),  # counted, by a billing practitioner
    Column("review_minutes", Integer, nullable=False),  # stand outside totals until approved
    Column("other_minutes", Integer, nullable=False),  # kept and said, never counted
    Column("entries", Integer, nullable=False),
    Column("minutes_to_next", Integer),
    Column("rule_version", String(16), nullable=False),
    Column("refreshed_at", Instant, nullable=False),
    PrimaryKeyConstraint("practice_id", "patient_id", "month"),
    points_to("patient", "patient_id"),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    of_practice(),
    id_column(),
    Column("staff_id", String(32), nullable=False),
    Column("source_key", String(200), nullable=False),
    *sealed_columns(),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    PrimaryKeyConstraint("practice_id", "id"),
    UniqueConstraint("practice_id", "source_key"),
    points_to("staff", "staff_id"),
    Index("ix_draft_expires_at", "expires_at"),
)

audit = Table(
    "audit",
    metadata,
    of_practice(),
    Column("seq", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(32), nullable=False),  # a staff id, "system", "cli", or a Slack user id that was refused
    Column("action", String(40), nullable=False),
    Column("object_kind", String(24), nullable=False),
    Column("object_id", String(40), nullable=False),
    Column("details", Text, nullable=False),  # canonical JSON of ids, counts, hashes: never words
    Column("prev_mac", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    PrimaryKeyConstraint("practice_id", "seq"),
    belongs(),
    sqlite_with_rowid=False,
)

_undelivered = text("state IN ('pending', 'sending')")
outbox = Table(
    "outbox",
    metadata,
    # The order of a lane's messages; see time_entry.
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    of_practice(),
    id_column(),
    Column("dedup_key", String(200), nullable=False),  # one message for one cause
    Column("delivery_id", String(32), nullable=False),  # random; rides in the message's metadata
    Column("kind", String(16), nullable=False),  # post, update, respond, ephemeral
    Column("lane", String(64), nullable=False),  # messages of one lane keep their order: a channel, or one card
    *sealed_columns(),
    Column("state", String(8), nullable=False, server_default="pending"),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("not_before", Instant, nullable=False),
    Column("unsure_until", Instant),  # an unknown fate holds its lane back until then, and never again
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("slack_ts", String(32)),
    Column("error", String(60)),
    UniqueConstraint("practice_id", "id"),
    UniqueConstraint("practice_id", "dedup_key"),
    belongs(),
    Index("ix_outbox_open", "practice_id", "seq", sqlite_where=_undelivered, postgresql_where=_undelivered),
    Index("ix_outbox_lane", "practice_id", "lane", "sent_at", "seq"),
    CheckConstraint("kind IN ('post', 'update', 'respond', 'ephemeral')", name="kind"),
    CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead')", name="state"),
)
