"""The first tables of a room, made at once, are those that the steps make one after the other."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from safeboard.core.migrating import FirstTables

pytestmark = pytest.mark.django_db(transaction=True)

KEY = ("id", models.BigAutoField(primary_key=True))


def links_to(name: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(f"trial.{name}", models.PROTECT, related_name="+", **more)


# Two that point to each other, what belongs to many, an index and a constraint that come later.
STEPS = [
    migrations.CreateModel("Leaf", [KEY, ("name", models.CharField(max_length=9, unique=True))]),
    migrations.CreateModel("Tree", [KEY, ("first", links_to("Leaf")), ("all", models.ManyToManyField("trial.Leaf"))]),
    migrations.AddField("Leaf", "tree", links_to("Tree", null=True)),
    migrations.AddIndex("Leaf", models.Index(fields=["name", "tree"], name="trial_by_name")),
    migrations.AddConstraint("Leaf", models.CheckConstraint(condition=~models.Q(name="none"), name="trial_named")),
]


def migration(base: type[migrations.Migration], steps: list) -> migrations.Migration:
    made = base("0001_initial", "trial")
    made.operations = steps
    return made


def tables_of(base: type[migrations.Migration]) -> dict[str, object]:
    """What the migration makes, as the database tells it; undone again."""
    one = migration(base, STEPS)
    with connection.schema_editor() as editor:
        one.apply(ProjectState(), editor)
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(name for name in connection.introspection.table_names() if name.startswith("trial_")):
            columns = connection.introspection.get_table_description(cursor, table)
            rules = connection.introspection.get_constraints(cursor, table)
            found[table] = (
                sorted((column.name, column.null_ok) for column in columns),
                sorted((sorted(rule["columns"] or []), *_said(rule)) for rule in rules.values()),
            )
    with connection.schema_editor() as editor:
        one.unapply(ProjectState(), editor)
    return found


def _said(rule: dict) -> tuple[object, ...]:
    return tuple(str(rule[name]) for name in ("primary_key", "unique", "foreign_key", "check", "index"))


@pytest.mark.postgres
def test_they_are_those_of_the_steps_one_after_the_other():
    at_once = tables_of(FirstTables)
    assert sorted(at_once) == ["trial_leaf", "trial_tree", "trial_tree_all"]
    assert at_once == tables_of(migrations.Migration)


def test_a_step_of_a_later_migration_is_refused():
    one = migration(FirstTables, [*STEPS, migrations.RunSQL("DELETE FROM accounts_person")])
    with connection.schema_editor() as editor, pytest.raises(TypeError, match="RunSQL is for a later migration"):
        one.apply(ProjectState(), editor)
    assert "trial_leaf" not in connection.introspection.table_names()
