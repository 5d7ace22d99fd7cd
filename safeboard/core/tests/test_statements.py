"""Statements that are asked again and again: their values stand where they belong, and PostgreSQL plans them once."""

import pytest
from django.db import connection

from safeboard.accounts.models import Person
from safeboard.core.statements import statement

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ODD = """100% of %s and %(given_0)s, 'so' "they" say; DROP TABLE \\ -- 👍"""


def named(*names):
    return [Person.objects.create_user(f"person{at}@example.org", name=name).pk for at, name in enumerate(names)]


@pytest.mark.parametrize("name", ["wren", ODD])
def test_what_is_written_into_it_and_what_is_put_in_is_taken_as_it_is(name):
    wanted, other = named(name, "robin")
    sql = "SELECT id, '%%s' FROM accounts_person WHERE name = %s AND id IN (%s, %s) AND name = %s"
    fixed = statement(sql, ((None, name), (0, None), (1, None), (2, None)))
    assert fixed.rows([wanted, other, name]) == [(wanted, "%s")]
    assert fixed.rows([other, wanted, name]) == [(wanted, "%s")]
    assert fixed.rows([wanted, other, "robin"]) == []


def test_it_is_planned_once_however_often_it_is_asked():
    (wren,) = named("wren")
    asked = statement("SELECT name AS planned FROM accounts_person WHERE id = %s", ((0, None),))
    assert [asked.rows([wren]) for _ in range(4)] == [[("wren",)]] * 4
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
                ["%AS planned FROM%"],
            )
            assert cursor.fetchall() == [(3,)]
