from copy import deepcopy
from datetime import date

import pytest

from safeboard.library.loader import PackError, load_packs, out_of_date
from safeboard.library.reading import read_yaml
from safeboard.library.schemas import KINDS, Text, texts_of

from .samples import CHART, CONTACTS, PACK, as_yaml, chart, write_pack


def faults_of(root):
    with pytest.raises(PackError) as caught:
        load_packs(shipped=root)
    return [str(fault) for fault in caught.value.faults]


def test_a_pack_is_read(tmp_path):
    write_pack(tmp_path)
    pack = load_packs(shipped=tmp_path)["county"]
    assert pack.items["charts"]["lost-tablet"].version == 1
    assert pack.items["contact-kinds"]["designated-officer"].source.document == "Our own"
    assert pack.files["charts", "lost-tablet"] == "county/charts/lost-tablet.yaml"
    assert pack.knows("designated-officer")
    assert not pack.knows("nobody")


def test_a_list_may_lie_in_a_folder_and_its_items_inherit(tmp_path):
    folder = write_pack(tmp_path, contacts=None)
    (folder / "glossary").mkdir()
    words = {**CONTACTS, "id": "glossary", "status": "S", "checked": date(2026, 1, 2)}
    words["items"] = [
        {"id": "aup", "title": {"en": "AUP"}, "meaning": {"en": "A list of rules."}},
        {"id": "iwf", "title": {"en": "IWF"}, "meaning": {"en": "A body."}, "status": "V", "version": 4},
    ]
    (folder / "glossary" / "glossary.yaml").write_text(as_yaml(words))
    found = load_packs(shipped=tmp_path)["county"].items["glossary"]
    assert (found["aup"].status, found["aup"].version) == ("S", 1)
    assert (found["iwf"].status, found["iwf"].version) == ("V", 4)


def test_a_file_that_packs_share_lies_in_a_folder_of_its_own(tmp_path):
    write_pack(tmp_path, pack={**PACK, "shares": ["glossary/words"]})
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "pack.yaml").write_text(as_yaml({**PACK, "id": "town", "shares": ["glossary/words"]}))
    (tmp_path / "_shared" / "glossary").mkdir(parents=True)
    words = {**CONTACTS, "items": [{"id": "aup", "title": {"en": "AUP"}, "meaning": {"en": "A list of rules."}}]}
    (tmp_path / "_shared" / "glossary" / "words.yaml").write_text(as_yaml(words))
    packs = load_packs(shipped=tmp_path)
    assert sorted(packs) == ["county", "town"]
    assert packs["county"].items["glossary"] == packs["town"].items["glossary"]
    assert packs["town"].files["glossary", "aup"] == "_shared/glossary/words.yaml"


def test_a_shared_file_that_is_not_there_is_named(tmp_path):
    write_pack(tmp_path, pack={**PACK, "shares": ["glossary/words"]})
    assert any("There is no file '_shared/glossary/words.yaml'" in fault for fault in faults_of(tmp_path))


def spoilt_chart(**changes):
    data = deepcopy(CHART)
    data.update(changes)
    return data


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"colour": "red"}, "colour", "Nothing of this name belongs here"),
        ({"title": {"cy": "Tabled"}}, "title", "no words in English"),
        ({"title": "A tablet"}, "title", "keyed by language"),
        ({"title": {"en": "  "}}, "title", "empty"),
        ({"title": {"en": "a\u202eb"}}, "title", "cannot be seen"),
        ({"title": {"English": "a"}}, "title", "not a language code"),
        ({"version": 0}, "version", "greater than or equal to 1"),
        ({"version": "first"}, "version", "whole number"),
        ({"review_by": "soon"}, "review_by", "date"),
        ({"audience": "dogs"}, "audience", "staff"),
        ({"steps": []}, "steps", "at least 1"),
        ({"start": "Where To"}, "start", "is no id"),
    ],
)
def test_faults_name_file_line_and_field(tmp_path, changes, field, words):
    folder = write_pack(tmp_path, chart=spoilt_chart(**changes))
    lines = (folder / "charts" / "lost-tablet.yaml").read_text().splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if text.startswith(f"{field}:"))
    assert any(
        fault.startswith(f"county/charts/lost-tablet.yaml:{line}: {field}: ") and words in fault
        for fault in faults_of(tmp_path)
    ), faults_of(tmp_path)


def test_a_fault_deep_in_a_chart_names_its_place(tmp_path):
    data = deepcopy(CHART)
    data["steps"][1]["answers"][0]["nxt"] = "found"
    data["outcomes"][0]["duties"][0] = {**data["outcomes"][0]["duties"][0], "within": "12 hours"}
    write_pack(tmp_path, chart=data)
    faults = faults_of(tmp_path)
    assert any(": steps.2.answers.1.nxt: Nothing of this name" in fault for fault in faults)
    assert any(": outcomes.1.duties.1.within: Write the time as PT0S" in fault for fault in faults)


def test_every_fault_of_every_file_is_told_at_once(tmp_path):
    folder = write_pack(tmp_path, chart=spoilt_chart(version=0))
    (folder / "glossary.yaml").write_text("id: [")
    (folder / "weather.yaml").write_text("id: rain")
    found = faults_of(tmp_path)
    assert len(found) == 3
    assert any("'weather' is not a kind of content" in fault for fault in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a: &x 1\nb: *x", "anchors"),
        ("a: 1\na: 2", "'a' stands here twice"),
        ("a: !!python/object/apply:os.system [ls]", "not YAML as read here"),
        ("a: [1", "not YAML as read here"),
        ("a: \x01", "cannot be read"),
        ("a: 2027-02-30", "cannot be read"),
    ],
)
def test_unsafe_and_broken_yaml_is_refused(text, words):
    with pytest.raises(PackError, match=words):
        read_yaml(text, "file.yaml")


def test_yes_and_no_are_words():
    assert read_yaml("{id: yes, next: no, on: off, unsure: true}", "f")[0] == {
        "id": "yes",
        "next": "no",
        "on": "off",
        "unsure": True,
    }


def test_files_that_are_not_text_or_too_large_are_refused(tmp_path):
    folder = write_pack(tmp_path)
    (folder / "charts" / "latin.yaml").write_bytes(b"id: caf\xe9")
    (folder / "charts" / "large.yaml").write_bytes(b"#" * 1_000_001)
    found = faults_of(tmp_path)
    assert any("UTF-8" in fault for fault in found)
    assert any("larger than a megabyte" in fault for fault in found)


def test_names_of_files_and_folders_must_be_the_ids(tmp_path):
    folder = write_pack(tmp_path, pack={**PACK, "id": "shire"})
    (folder / "charts" / "lost-tablet.yaml").rename(folder / "charts" / "other.yaml")
    found = faults_of(tmp_path)
    assert any("The folder is named 'county'" in fault for fault in found)
    assert any("The file is named 'other'" in fault for fault in found)


def test_a_local_pack_overrides_by_id(tmp_path):
    write_pack(tmp_path / "shipped")
    write_pack(tmp_path / "local", pack=None, contacts=None, chart={**CHART, "version": 7})
    pack = load_packs([tmp_path / "local"], shipped=tmp_path / "shipped")["county"]
    assert pack.items["charts"]["lost-tablet"].version == 7
    assert "designated-officer" in pack.items["contact-kinds"]
    assert pack.about.title.say() == "A county"


def test_a_pack_may_extend_another(tmp_path):
    write_pack(tmp_path / "shipped")
    own = tmp_path / "local" / "shire"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(as_yaml({**PACK, "id": "shire", "extends": "county"}))
    packs = load_packs([tmp_path / "local"], shipped=tmp_path / "shipped")
    assert packs["shire"].items == packs["county"].items
    (own / "pack.yaml").write_text(as_yaml({**PACK, "id": "shire", "extends": "nowhere"}))
    with pytest.raises(PackError, match="no pack 'nowhere'"):
        load_packs([tmp_path / "local"], shipped=tmp_path / "shipped")


def test_a_missing_folder_and_a_pack_without_head_are_told(tmp_path):
    write_pack(tmp_path, pack=None)
    assert any("has no pack.yaml" in fault for fault in faults_of(tmp_path))
    with pytest.raises(PackError, match="no such folder"):
        load_packs([tmp_path / "gone"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review_by": "2026-11-21"}, "reviewed by 21 November 2026"),
        ({"status": "S", "checked": "2025-11-01"}, "unverified"),
        ({"status": "G", "checked": "2026-03-01"}, None),
        ({"status": "V", "checked": "2020-01-01"}, None),
        ({}, None),
    ],
)
def test_what_grows_old_is_told(changes, words):
    found = out_of_date(chart(**changes), date(2026, 11, 22))
    assert (words in found) if words else found is None


def test_text_speaks_the_language_asked_for_or_english():
    text = Text({"en": "Yes", "cy": "Ie"})
    assert [text.say("cy"), text.say("cy-gb"), text.say("fr"), text.say(None)] == ["Ie", "Ie", "Yes", "Yes"]


def test_text_follows_the_language_of_the_request():
    from django.utils.translation import override

    with override("cy"):
        assert str(chart().steps[0].question) == "Ar goll y tu mewn?"
        assert str(chart().title) == "A tablet is lost"


def test_every_text_of_a_chart_is_found():
    places = dict(texts_of(chart()))
    assert "steps.where.answers.no.label" in places
    assert "outcomes.ring.dont.1" in places
    assert "outcomes.ring.do.1.text" in places


def test_a_new_kind_is_one_class():
    from safeboard.library.schemas import Item

    class Song(Item, kind="songs"):
        tune: str

    assert KINDS.pop("songs") is Song
