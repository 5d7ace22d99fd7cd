"""Every model stands behind the wall or says why not; every field is classified; case text is sealed."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django_scopes.exceptions import ScopeError

from safeboard.core.privacy import Kept, Privacy, classified
from safeboard.core.sealed import SealedJSONField, SealedTextField
from safeboard.core.wall import AgencyRecord, BoardRecord, CaseRecord, Joint, SharedRecord

BASES = {"agency": AgencyRecord, "casework": CaseRecord, "board": BoardRecord, "shared": SharedRecord, "joint": Joint}

# Models of other projects that have tables here, and why they need no wall.
OTHERS = {
    "contenttypes.ContentType": "names of models",
    "auth.Permission": "empty: permissions are rules in code",
    "auth.Group": "empty: roles are memberships",
    "sessions.Session": "found by its own secret key only; holds no case text but what core.kept has sealed",
    "account.EmailAddress": "a person's own address, read by sign-in for that person only",
    "account.EmailConfirmation": "a person's own address, opened by a one-time link",
    "mfa.Authenticator": "a person's own second factor, read by sign-in for that person only",
    "socialaccount.SocialApp": "empty: the organisation's sign-in is set in the environment",
    "socialaccount.SocialAccount": "a person's own sign-in elsewhere, read by sign-in for that person only",
    "socialaccount.SocialToken": "empty: tokens are not kept",
    "django_tasks_database.DBTaskResult": "ids of work in the queue; never shown but as counts",
}

# Confidential text that is not sealed, and why that is right.
UNSEALED = {
    "incidents.Worry.receipt": "a keyed digest of seven words by chance",
    "incidents.Worry.adult_words": "keyed digests of words of a name",
    "accounts.Person.password": "a salted, slow hash",
    "partnership.Invitation.secret_digest": "a digest of a long random secret",
    "incidents.Involved.name_index": "a keyed digest: finds the same name again and says nothing",
    "incidents.ReceivedSubject.name_index": "a keyed digest: finds the same name again and says nothing",
    "incidents.Alert.user_index": "a keyed digest: finds the same name again and says nothing",
    "incidents.Alert.content_key": "a keyed digest: finds the same matter again and says nothing",
    "incidents.AlertNumber.key": "a keyed digest: finds the same number again and says nothing",
    "api.Token.digest": "a keyed digest of a long random secret",
    "sitelogs.LogDoor.digest": "a keyed digest of a long random secret",
    "incidents.EvidenceFile.sha256": "a digest of a file that is itself sealed",
    "strategy.ActionFile.sha256": "a digest of a file that is itself sealed",
    "strategy.CalendarLink.digest": "a digest of a long random secret",
    "incidents.EvidencePack.sha256": "a digest of a pack that is itself sealed",
    "standards.Proof.sha256": "a digest of a file that is itself sealed",
}
SEALED = (SealedTextField, SealedJSONField)


def ours() -> list[type[models.Model]]:
    """The models of the rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("safeboard.")]


def walled() -> list[type[models.Model]]:
    """Those of them behind the wall."""
    return [model for model in ours() if getattr(model, "wall", "")]


def wall_findings(found: list[type[models.Model]]) -> list[str]:
    """Models that are neither walled nor say why not, that say both, or whose wall is none."""
    wrong = []
    for model in found:
        name, reason, wall = model._meta.label, getattr(model, "unwalled", ""), getattr(model, "wall", "")
        if not wall and not reason:
            wrong.append(f"{name}: inherit a base of core.wall, or say why not in unwalled = '...'")
        if wall and reason:
            wrong.append(f"{name}: it is walled and says that it is not")
        if wall and wall not in BASES:
            wrong.append(f"{name}: there is no wall {wall!r}; take one of {', '.join(BASES)}")
        if wall in BASES and not issubclass(model, BASES[wall]) and model._meta.label != "partnership.Agency":
            wrong.append(f"{name}: inherit core.wall.{BASES[wall].__name__}")
    return wrong


def open_doors(found: list[type[models.Model]]) -> list[str]:
    """Walled models that answer a query outside every scope, through any manager."""
    wrong = []
    for model in found:
        for manager in {manager.name for manager in model._meta.managers} | {"_default_manager"}:
            try:
                getattr(model, manager).all().first()
            except ScopeError:
                continue
            except Exception as error:  # noqa: BLE001 (whatever else it says, the wall did not refuse it)
                wrong.append(f"{model._meta.label}.{manager}: went past the wall: {type(error).__name__}")
                continue
            wrong.append(f"{model._meta.label}.{manager}: make it a ScopedManager; it answers outside every scope")
    return wrong


def field_findings(found: list[type[models.Model]]) -> list[str]:
    """Fields nobody classified, classes of fields that are gone, case text in the clear, no time of keeping."""
    wrong = []
    for model in found:
        label, classes = model._meta.label, classified(model)
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name in sorted(set(fields) - set(classes)):
            wrong.append(f"{label}.{name}: classify it as open, personal or confidential in privacy = Privacy(...)")
        for name in sorted(_declared(model) - set(fields) - {"id", "agency", "board"}):
            wrong.append(f"{label}.{name}: there is no such field; take it out of privacy = Privacy(...)")
        for name, field in fields.items():
            text = isinstance(field, (models.CharField, models.TextField, models.JSONField, models.BinaryField))
            listed = f"{label}.{name}" in UNSEALED
            if classes.get(name) == "confidential" and text and not isinstance(field, SEALED) and not listed:
                wrong.append(f"{label}.{name}: make it a SealedTextField, or list it with a reason in UNSEALED")
            if isinstance(field, SEALED) and classes.get(name) != "confidential":
                wrong.append(f"{label}.{name}: it is sealed, so classify it as confidential")
        privacy = getattr(model, "privacy", None)
        if set(classes.values()) & {"personal", "confidential"} and not isinstance(
            getattr(privacy, "kept", None), Kept
        ):
            wrong.append(f"{label}: say how long it is kept in privacy = Privacy(kept=Kept...)")
    return wrong


def _declared(model: type[models.Model]) -> set[str]:
    own = [vars(base).get("privacy") for base in model.__mro__]
    return {name for privacy in own if isinstance(privacy, Privacy) for name in privacy.fields}


def twice(found: list[type[models.Model]]) -> list[str]:
    """Fields that one declaration puts in two classes."""
    wrong = []
    for model in found:
        privacy = vars(model).get("privacy")
        if isinstance(privacy, Privacy):
            names = [*privacy.open, *privacy.personal, *privacy.confidential]
            wrong += [f"{model._meta.label}.{name}: classified twice" for name in {*names} if names.count(name) > 1]
    return wrong


def test_every_model_is_walled_or_says_why_not():
    assert wall_findings(ours()) == []


def test_every_model_of_another_project_is_listed_with_a_reason():
    there = {model._meta.label for model in apps.get_models() if model not in ours()}
    assert sorted(there - set(OTHERS)) == [], "say in OTHERS why it needs no wall"
    assert sorted(set(OTHERS) - there) == [], "it is gone: take it out of OTHERS"
    assert all(OTHERS.values())


@pytest.mark.django_db
def test_no_walled_model_answers_outside_a_scope():
    assert open_doors(walled()) == []


def test_every_field_is_classified():
    assert field_findings(ours()) + twice(ours()) == []


def test_no_exception_from_sealing_is_stale():
    there = {
        f"{model._meta.label}.{name}"
        for model in ours()
        for name, kind in classified(model).items()
        if kind == "confidential" and not isinstance(model._meta.get_field(name), SEALED)
    }
    assert sorted(set(UNSEALED) - there) == [], "it is sealed or gone: take it out of UNSEALED"


def test_case_text_stays_out_of_what_has_no_wall():
    """Sealed text in a model without a wall has to be somebody's own: today messages alone."""
    found = {model._meta.label for model in ours() if model not in walled() and _seals(model)}
    assert found <= {"outbox.Message"}, "put it behind the wall"


def _seals(model: type[models.Model]) -> bool:
    return any(isinstance(field, SEALED) for field in model._meta.concrete_fields)
