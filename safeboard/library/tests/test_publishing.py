import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from safeboard.library import checks, queries
from safeboard.library.loader import load_packs
from safeboard.library.models import PublishedItem
from safeboard.library.operations import PublishError, publish_packs
from safeboard.library.readability import grade, syllables

from .samples import CHART, CONTACTS, chart, write_pack

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def county(tmp_path):
    write_pack(tmp_path)
    return load_packs(shipped=tmp_path)


@pytest.fixture
def extra(tmp_path, settings):
    """The county's pack as an extra folder beside the shipped ones."""
    settings.SAFEBOARD_PACKS = [str(tmp_path)]
    queries.forget()
    yield tmp_path
    queries.forget()


def again(tmp_path, name, **parts):
    write_pack(tmp_path / name, **parts)
    return load_packs(shipped=tmp_path / name)


def test_publishing_twice_changes_nothing(county):
    assert publish_packs(packs=county).added == 2
    done = publish_packs(packs=county)
    assert (done.added, done.unchanged) == (0, 2)
    assert PublishedItem.objects.count() == 2


def test_other_words_under_the_same_version_are_refused(county, tmp_path):
    publish_packs(packs=county)
    contacts = {**CONTACTS, "items": [*CONTACTS["items"], {"id": "new-one", "title": {"en": "New"}}]}
    changed = again(tmp_path, "later", chart={**CHART, "title": {"en": "Otherwise"}}, contacts=contacts)
    with pytest.raises(PublishError, match="raise the version to 2"):
        publish_packs(packs=changed)
    assert PublishedItem.objects.count() == 2


def test_a_raised_version_stands_beside_the_old_one(county, tmp_path):
    publish_packs(packs=county)
    publish_packs(packs=again(tmp_path, "later", chart={**CHART, "version": 2, "title": {"en": "Otherwise"}}))
    assert str(queries.published_chart("county", "lost-tablet", 1).title) == "A tablet is lost"
    assert str(queries.published_chart("county", "lost-tablet", 2).title) == "Otherwise"
    with pytest.raises(queries.UnknownItem):
        queries.published_chart("county", "lost-tablet", 3)


def test_a_published_chart_is_the_chart(county):
    publish_packs(packs=county)
    assert queries.published_chart("county", "lost-tablet", 1) == chart()


def test_a_faulty_chart_is_not_published(tmp_path):
    faulty = again(tmp_path, "faulty", chart={**CHART, "start": "nowhere"})
    with pytest.raises(PublishError, match="county/charts/lost-tablet:nowhere"):
        publish_packs(packs=faulty)
    assert not PublishedItem.objects.exists()


@pytest.mark.parametrize("change", [{"body": {}}, {"version": 9}, {"sha256": "0" * 64}])
def test_the_database_refuses_a_change_of_published_words(county, change):
    publish_packs(packs=county)
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        PublishedItem.objects.update(**change)


def test_queries_read_the_packs(extra):
    write_pack(extra)
    queries.forget()
    assert queries.chart("county", "lost-tablet").start == "where"
    assert [item.id for item in queries.items("county", "contact-kinds")] == ["designated-officer"]
    assert queries.items("county", "glossary") == []
    assert queries.label("county", "contact-kinds", "designated-officer") == "Designated officer"
    assert queries.label("county", "contact-kinds", "gone") == "gone"
    assert queries.choices("county", "contact-kinds") == [("designated-officer", "Designated officer")]
    for wrong in (
        lambda: queries.pack("nowhere"),
        lambda: queries.chart("county", "gone"),
        lambda: queries.chart("county", "lost-tablet", 5),
        lambda: queries.item("county", "glossary", "gone"),
    ):
        with pytest.raises(queries.UnknownItem):
            wrong()


def test_packs_are_read_once(extra, django_assert_num_queries):
    write_pack(extra)
    queries.forget()
    with django_assert_num_queries(0):
        assert queries.pack("county") is queries.pack("county")


# --- the command --------------------------------------------------------------------------------------


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("content", *args, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_check_passes_what_is_shipped():
    queries.forget()
    assert "nothing to mend" in run("check")


def test_check_names_file_step_and_fault(extra):
    write_pack(extra, chart={**CHART, "start": "nowhere"}, contacts=None)
    err = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("content", "check", stdout=io.StringIO(), stderr=err)
    assert caught.value.returncode == 1
    assert "county/charts/lost-tablet.yaml:nowhere: The chart starts at" in err.getvalue()
    assert "lost-tablet.yaml:ring: 'designated-officer' is not among" in err.getvalue()


def test_check_tells_faults_of_shape_too(extra):
    write_pack(extra, chart={**CHART, "version": 0})
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("content", "check", stdout=io.StringIO(), stderr=err)
    assert "lost-tablet.yaml:2: version:" in err.getvalue()


def test_check_lists_texts_missing_in_a_language(extra):
    write_pack(extra)
    told = run("check", "--language", "cy")
    assert "lost-tablet.steps.look.question: There are no words in 'cy' yet." in told
    assert "lost-tablet.steps.where.question" not in told


def test_check_tells_how_hard_a_childs_chart_reads(extra):
    write_pack(extra, chart={**CHART, "audience": "child"})
    assert "Reading grade" in run("check")


def test_check_tells_what_is_past_its_review(extra):
    write_pack(extra, chart={**CHART, "review_by": "2020-01-31"})
    assert "reviewed by 31 January 2020" in run("check")


def test_publish_by_command():
    queries.forget()
    assert "Published" in run("publish")
    assert PublishedItem.objects.filter(pack="england-2026", kind="charts").count() >= 5


def test_hard_words_read_harder():
    easy = ["Tell a grown up. You did well."]
    hard = ["Notwithstanding institutional considerations, immediate notification is obligatory."]
    assert grade(easy) < 3 < 12 < grade(hard)
    assert grade([]) == 0
    assert [syllables(word) for word in ("a", "cake", "table", "looked", "wanted")] == [1, 1, 2, 1, 2]


def test_the_shipped_packs_have_nothing_grave():
    from datetime import date

    assert [str(found) for found in checks.findings(load_packs(), date(2026, 11, 22)) if found.grave] == []
