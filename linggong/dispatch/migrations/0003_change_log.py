from django.db import migrations, models

import linggong.dispatch.models

ENTRY = """INSERT INTO dispatch_change (kind, about, xid, made_at)
    SELECT DISTINCT '{kind}', t.{column}, pg_current_xact_id(), now() FROM {rows} t"""
SHIFTS_OF_JOBS = "(SELECT s.id FROM posts_shift s JOIN {rows} j ON j.id = s.job_id)"

WATCHED = {
    "workers_worker": ("worker", "id"),
    "workers_workertrade": ("worker", "worker_id"),
    "workers_certificate": ("worker", "worker_id"),
    "dispatch_reputation": ("worker", "worker_id"),
    "dispatch_block": ("worker", "worker_id"),
    "dispatch_placement": ("worker", "worker_id"),
    "posts_shift": ("shift", "id"),
    "posts_job": ("shift", "id"),
}
"""Which column of which table names the worker or the shift that a change touches; a job touches all its shifts."""

EVENTS = {
    "insert": ("NEW TABLE AS after_rows", "(SELECT {column} FROM after_rows)"),
    "delete": ("OLD TABLE AS before_rows", "(SELECT {column} FROM before_rows)"),
    "update": (
        "OLD TABLE AS before_rows NEW TABLE AS after_rows",
        "(SELECT {column} FROM before_rows UNION SELECT {column} FROM after_rows)",
    ),
}

EMPTIED = """
CREATE FUNCTION note_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO dispatch_change (kind, xid, made_at) VALUES ('all', pg_current_xact_id(), now());
    RETURN NULL;
END $$;
CREATE TRIGGER noted_emptied AFTER TRUNCATE ON workers_worker EXECUTE FUNCTION note_emptied();
CREATE TRIGGER noted_emptied AFTER TRUNCATE ON posts_shift EXECUTE FUNCTION note_emptied();
"""


def triggers():
    for table, (kind, column) in WATCHED.items():
        for event, (referencing, touched) in EVENTS.items():
            rows = touched.format(column=column)
            if table == "posts_job":
                rows = SHIFTS_OF_JOBS.format(rows=rows)
            yield f"""
CREATE FUNCTION note_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {ENTRY.format(kind=kind, column=column, rows=rows)};
    RETURN NULL;
END $$;
CREATE TRIGGER noted_{event} AFTER {event.upper()} ON {table} REFERENCING {referencing}
    FOR EACH STATEMENT EXECUTE FUNCTION note_{table}_{event}();
"""


def forget():
    for table in WATCHED:
        for event in EVENTS:
            yield f"DROP TRIGGER noted_{event} ON {table}; DROP FUNCTION note_{table}_{event}();"
    yield "DROP TRIGGER noted_emptied ON workers_worker;"
    yield "DROP TRIGGER noted_emptied ON posts_shift; DROP FUNCTION note_emptied();"


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0002_placement_awaited'),
        ('posts', '0002_lent_places'),
        ('workers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('position', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('worker', 'worker'), ('shift', 'shift'), ('all', 'all')], max_length=6)),
                ('about', models.UUIDField(null=True)),
                ('xid', linggong.dispatch.models.TransactionId()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['xid'], name='change_by_transaction'), models.Index(fields=['made_at'], name='change_by_time')],
            },
        ),
        migrations.RunSQL("\n".join(triggers()) + EMPTIED, "\n".join(forget())),
    ]
