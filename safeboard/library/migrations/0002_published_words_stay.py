"""Lets the database itself refuse a change of published words (makemigrations cannot make a trigger)."""

from django.db import migrations

REFUSAL = "Published words never change: publish a new version."

SQLITE = [
    f"""
    CREATE TRIGGER library_published_words_stay BEFORE UPDATE ON library_publisheditem
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION library_published_words_stay() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER library_published_words_stay BEFORE UPDATE ON library_publisheditem
    FOR EACH ROW EXECUTE FUNCTION library_published_words_stay()
    """,
]


def add(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER library_published_words_stay ON library_publisheditem")
        schema_editor.execute("DROP FUNCTION library_published_words_stay()")
    else:
        schema_editor.execute("DROP TRIGGER library_published_words_stay")


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
