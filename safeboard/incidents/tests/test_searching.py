"""Search by words: what is found, by whom, and by whom never; the index kept with every write."""

import ast
import itertools
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeboard.core import keys, wall, words
from safeboard.core.sealed import SealedTextField
from safeboard.incidents import operations
from safeboard.incidents.choices import Kin, Part
from safeboard.incidents.models import Incident, IncidentWord, Involved, Note, Referral
from safeboard.incidents.queries import filtering, texts
from safeboard.incidents.queries.listing import page_of
from safeboard.incidents.queries.searching import digests_of, holding, places
from safeboard.incidents.queries.visible import visible_to
from safeboard.partnership import queries as partnership

from .factories import allegation, reported

pytestmark = pytest.mark.django_db
NUMBERS = itertools.count(70)
ROOM = Path(__file__).resolve().parents[1]


def found(cast, who, text):
    """The references that somebody finds by these words."""
    person = getattr(cast, who)
    access = cast.access_for(person)
    with cast.wall_of(person):
        rows = list(holding(visible_to(access), access, digests_of(access, text)))
        assert set(places(access, [row.pk for row in rows], text)) == {row.pk for row in rows} or text[:1].isdigit()
    return [row.reference for row in rows]


def by(cast, who):
    return cast.access_for(getattr(cast, who))


CHILD = {"kin": Kin.CHILD, "part": Part.AFFECTED, "name": "Zoë O’Neill", "detail": "likes kestrels"}


def test_every_text_of_a_report_is_found(cast):
    texts_given = {
        "narrative": "A heron was seen",
        "where": "By the lagoon",
        "address": "https://wombat.example/page",
        "actions": "Rang the otter",
        "evidence": "A badger phone",
    }
    incident = reported(cast, people=[CHILD], **texts_given)
    asked = ("heron", "LAGOON", "wombat", "otters", "badger", "zoe", "o'neill", "kestrel", incident.reference)
    for text in (*asked, "heron kestrel", "the heron", str(incident.serial)):
        if len(text) > 1 and not text.isdigit():
            assert found(cast, "designated_officer", text) == [incident.reference], text
            assert found(cast, "staff", text) == [incident.reference], text
    for text in ("hero", "heron wolf", "the", "", "pigeon"):
        assert found(cast, "designated_officer", text) == []


def test_search_tells_of_nothing_that_one_may_not_know_of(cast):
    reported(cast, narrative="A heron was seen")
    for who in ("colleague", "other_lead", "other_designated_officer", "allegations_officer", "responsible_person"):
        assert found(cast, who, "heron") == [], who
    assert len(found(cast, "inspector", "heron")) == 1


def test_the_subject_of_a_concern_never_finds_it(cast):
    incident = allegation(cast, narrative="A heron was seen")
    assert found(cast, "designated_officer", "heron") == []
    assert found(cast, "designated_officer", "Dora Designated") == []
    assert found(cast, "designated_officer", incident.reference) == []
    assert found(cast, "lead", "heron") == []
    assert found(cast, "responsible_person", "heron") == [incident.reference]


def test_who_reported_it_finds_their_own_part_alone(cast):
    incident = reported(cast, narrative="A heron was seen")
    with cast.wall_of(cast.designated_officer):
        officer = by(cast, "designated_officer")
        operations.add_note(by=officer, incident=incident, text="The kestrel spoke of a heron")
        operations.add_involved(by=officer, incident=incident, kin="child", part="saw", name="Wren Wolf")
    with cast.wall_of(cast.staff):
        operations.add_note(by=by(cast, "staff"), incident=incident, text="I saw an otter too")
        operations.add_involved(by=by(cast, "staff"), incident=incident, kin="child", part="saw", name="Robin Marten")
    assert [found(cast, "staff", text) for text in ("kestrel", "wren", "heron kestrel")] == [[], [], []]
    for text in ("otter", "marten", "heron otter"):
        assert found(cast, "staff", text) == [incident.reference], text
    for text in ("kestrel", "wren", "otter marten"):
        assert found(cast, "designated_officer", text) == [incident.reference], text
    with cast.wall_of(cast.staff):
        shown = places(by(cast, "staff"), [incident.pk], "heron kestrel otter")[incident.pk]
    assert not any("kestrel" in text for place in shown for text, _hit in place.pieces)


def test_a_word_that_both_wrote_stays_found_by_who_reported_it(cast):
    incident = reported(cast, narrative="A heron was seen")
    with cast.wall_of(cast.designated_officer):
        officer = by(cast, "designated_officer")
        operations.add_note(by=officer, incident=incident, text="An otter")
        assert found(cast, "staff", "otter") == []
    with cast.wall_of(cast.staff):
        operations.add_note(by=by(cast, "staff"), incident=incident, text="An otter")
    assert found(cast, "staff", "otter") == [incident.reference]
    with cast.wall_of(cast.designated_officer):
        operations.add_note(by=officer, incident=incident, text="The heron again")
    assert found(cast, "staff", "heron") == [incident.reference]


def test_what_is_changed_is_found_by_its_new_words_alone(cast):
    incident = reported(cast, narrative="A heron was seen")
    with cast.wall_of(cast.lead):
        held = Incident.objects.get(pk=incident.pk)
        operations.change(by=by(cast, "lead"), incident=held, edition=held.edition, fields={"narrative": "An otter"})
    assert found(cast, "lead", "heron") == []
    assert found(cast, "lead", "otter") == [incident.reference]


def queries_of(save):
    with CaptureQueriesContext(connection) as asked:
        save()
    return len(asked)


def test_where_words_stand_is_read_at_once_whatever_was_written(cast):
    """However many kinds of rows there are, and however many incidents: what may be read, who reported, the texts."""
    incidents = [reported(cast, narrative="A heron was seen").pk]
    with cast.wall_of(cast.designated_officer):
        officer, counts = by(cast, "designated_officer"), []
        for _turn in range(2):
            counts.append(queries_of(partial(places, officer, incidents, "heron otter")))
            one = Incident.objects.get(pk=incidents[0])
            operations.add_note(by=officer, incident=one, text="An otter")
            incidents = [*incidents, *(reported(cast, narrative="A heron").pk for _ in range(2))]
    assert counts == [3, 3]


def test_saving_a_row_that_says_the_same_asks_little(cast):
    incident = reported(cast, narrative="A heron was seen", people=[CHILD])
    with cast.wall_of(cast.lead):
        held = Incident.objects.get(pk=incident.pk)
        before = everything()
        assert queries_of(held.save) == 2  # what it said, and the row itself
        assert queries_of(Involved.objects.get(incident=incident).save) == 2
        assert everything() == before
        held.narrative = "An otter was seen"
        assert queries_of(held.save) > 5
    assert everything() != before
    assert [found(cast, "lead", text) for text in ("heron", "otter")] == [[], [incident.reference]]


def test_whose_words_they_are_follows_the_row(cast):
    incident = reported(cast, narrative="A heron was seen")
    with cast.wall_of(cast.lead):
        note = operations.add_note(by=by(cast, "lead"), incident=incident, text="A kestrel")
        assert found(cast, "staff", "kestrel") == []
        note.by = cast.staff
        note.save()
        assert found(cast, "staff", "kestrel") == [incident.reference]


def test_the_words_of_a_row_move_with_it(cast):
    one, other = reported(cast, narrative="A heron"), reported(cast, narrative="An otter")
    with cast.wall_of(cast.lead):
        note = operations.add_note(by=by(cast, "lead"), incident=one, text="A kestrel")
        note.incident = other
        note.save()
    assert found(cast, "lead", "kestrel") == [other.reference]


def test_a_look_at_where_words_stand(cast):
    incident = reported(cast, narrative=f"{'long ' * 40}the HERON was seen {'long ' * 40}")
    with cast.wall_of(cast.lead):
        place = places(by(cast, "lead"), [incident.pk], "herons")[incident.pk][0]
    assert place.label == "What happened"
    assert ("HERON", True) in place.pieces
    assert len("".join(text for text, _hit in place.pieces)) < 120


# Nobody can forget it -------------------------------------------------------------------------------------------


def test_every_model_with_sealed_words_is_searched_or_says_why_not():
    labels = {source.model._meta.label for source in texts.every_source()}
    listed = texts.SEARCHED | {name for name in texts.NOT_SEARCHED if name.count(".") == 1}
    assert sorted(labels - listed) == [], "list it in SEARCHED or NOT_SEARCHED of incidents/queries/texts.py"
    assert sorted(texts.SEARCHED - labels) == [], "it is gone: take it out of SEARCHED"


# Rows that are written at once before they belong to an incident.
WITHOUT_INCIDENT = {"Alert": "it waits by itself; `tie_alerts` brings its words up to date when it gets an incident"}


def past_the_index(tree):
    """The functions that write searched texts, or their incident, past ``save`` and do not call ``index``."""
    sealed = {field for source in texts.sources() for field in source.fields}
    keys_up = {source.path.partition("__")[0] for source in texts.sources() if source.path}
    models = {source.model.__name__ for source in texts.sources()} - set(WITHOUT_INCIDENT)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
        if any(ast.unparse(one.func) == "index" for one in calls):
            continue
        for one in calls:
            name, _dot, last = ast.unparse(one.func).rpartition(".")
            written = {keyword.arg for keyword in one.keywords}
            past = last == "update" and written & (sealed | keys_up) and "objects" in name
            if past or (last.startswith("bulk_") and name.partition(".")[0] in models):
                yield f"{function.name}:{one.lineno}"


def test_no_operation_writes_words_past_the_index():
    """``update`` and ``bulk_create`` send no signal: after them ``index`` is called."""
    files = sorted(ROOM.glob("operations/*.py"))
    found = {path.name: list(past_the_index(ast.parse(path.read_text("utf-8")))) for path in files}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}, "call searching.index(incident=...) after it"


def test_the_guard_bites():
    tree = ast.parse("def put(rows):\n    Note.objects.bulk_create(rows)\n    Note.objects.all().update(text='x')\n")
    assert len(list(past_the_index(tree))) == 2


def test_the_words_of_each_kind_of_row_are_found_as_soon_as_it_is_saved(cast):
    """Each model that is searched, saved by itself with a word of its own in each text."""
    incident = reported(cast)
    for source in texts.sources():
        with cast.wall_of(cast.designated_officer):
            row = _row(source, incident, cast)
            with wall.open_for(casework=[cast.agency.pk]):
                row.save()
        for name in source.fields:
            if not isinstance(source.model._meta.get_field(name), SealedTextField) or name in ("answers",):
                continue
            word = _word(source, name)
            assert found(cast, "designated_officer", word) == [incident.reference], f"{source.model.__name__}.{name}"


def _word(source, name):
    return f"zq{source.model.__name__.lower()}{name.replace('_', '')}qx"[:39]


def _row(source, incident, cast):
    """A row with its words, whatever else it needs filled in by its kind of field."""
    if source.model is Incident:
        held = Incident.objects.get(pk=incident.pk)
        for name in source.fields:
            setattr(held, name, _word(source, name))
        return held
    row = source.model(agency=cast.agency)
    for field in source.model._meta.concrete_fields:
        if field.name in source.fields:
            setattr(row, field.name, _word(source, field.name))
        elif field.name == "incident":
            row.incident = incident
        elif field.name == source.path.partition("__")[0]:
            parent = next(one for one in texts.every_source() if one.model is field.related_model)
            above = _row(parent, incident, cast)
            above.save()
            setattr(row, field.name, above)
        elif not field.null and not field.has_default() and field.name not in ("id", "agency", "pk"):
            _fill(row, field, cast)
    if source.model is Referral:
        row.state, row.sent_at = "sent", timezone.now()
    if source.model is Note:
        row.written_at = row.at = timezone.now()
    return row


def _fill(row, field, cast):
    kind = field.get_internal_type()
    if field.choices:
        setattr(row, field.name, next(value for value, _label in field.choices if value != ""))
    elif kind in ("DateTimeField", "DateField"):
        earlier = timezone.now() - timedelta(hours=1)
        setattr(row, field.name, earlier if kind == "DateTimeField" else timezone.localdate())
    elif "Integer" in kind:
        setattr(row, field.name, next(NUMBERS))
    elif field.related_model is type(cast.staff):
        setattr(row, field.name, cast.staff)


# The index as a whole ------------------------------------------------------------------------------------------


def everything():
    return sorted(IncidentWord._base_manager.values_list("agency_id", "word", "incident_id", "own"))


def test_making_it_anew_gives_what_was_there(cast):
    incident = reported(cast, people=[CHILD], narrative="A heron was seen")
    with cast.wall_of(cast.designated_officer):
        operations.add_note(by=by(cast, "designated_officer"), incident=incident, text="The kestrel")
    before = everything()
    assert len(before) > 8
    IncidentWord._base_manager.all().delete()
    call_command("incidents", "index", verbosity=0)
    assert everything() == before


def test_the_same_word_is_another_one_in_another_agency(cast):
    reported(cast, narrative="A heron was seen")
    reported(cast, "other_staff", narrative="A heron was seen")
    digests = {}
    for agency, word, _incident, _own in everything():
        digests.setdefault(agency, set()).add(word)
    assert not digests[cast.agency.pk] & digests[cast.other_agency.pk]


def test_a_page_of_the_list_shows_what_is_found_however_many_words_and_keys(cast, settings, tmp_path):
    settings.SAFEBOARD_KEYS = tmp_path
    keys.forget()
    counts = {"heron": 2, "otter heron": 1, "swam heron otter": 1, "otter wolf": 0, "the": 0}
    lead = by(cast, "lead")
    try:
        for account in ("A heron was seen", "An otter swam past a heron", "Another otter"):
            reported(cast, narrative=account)
        for _keys in (1, 2):
            with wall.open_as(lead, partnership.scopes):
                pages = {text: page_of(lead, {"words": text}, "", None) for text in counts}
                whole = {text: [one.pk for one in filtering.found(lead, {"words": text})] for text in counts}
            assert {text: page.paginator.count for text, page in pages.items()} == counts
            assert {text: [row["pk"] for row in page.object_list] for text, page in pages.items()} == whole
            keys.add_sealing_key()
    finally:
        keys.forget()


def test_changing_the_keys_makes_it_anew(cast, settings, tmp_path):
    settings.SAFEBOARD_KEYS = tmp_path
    keys.forget()
    try:
        incident = reported(cast, narrative="A heron was seen")
        before = {row[1] for row in everything()}
        keys.add_sealing_key()
        assert found(cast, "lead", "heron") == [incident.reference]  # while the keys are being changed
        call_command("keys", "rotate", verbosity=0)
        assert found(cast, "lead", "heron") == [incident.reference]
        assert not before & {row[1] for row in everything()}
    finally:
        keys.forget()


def test_an_incident_takes_its_words_with_it(cast):
    incident = reported(cast, narrative="A heron was seen")
    with cast.wall_of(cast.lead):
        Incident.objects.filter(pk=incident.pk).delete()
    assert everything() == []


def test_the_index_holds_no_word(cast):
    reported(cast, narrative="heron")
    row = IncidentWord._base_manager.first()
    assert isinstance(row.word, int)
    assert words.blinder(cast.agency.pk)("heron") in {one[1] for one in everything()}


def test_it_is_kept_in_the_transaction_of_the_write(cast):
    incident = reported(cast)
    before = everything()
    with cast.wall_of(cast.lead), transaction.atomic():
        operations.add_note(by=by(cast, "lead"), incident=incident, text="A heron")
        assert everything() != before
        transaction.set_rollback(True)
    assert everything() == before
