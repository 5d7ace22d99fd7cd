"""People who sign in. What they may do, and where, is their memberships (partnership)."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from safeboard.core.privacy import Kept, Privacy


class PersonManager(BaseUserManager["Person"]):
    """Makes people by e-mail address; it carries no permissions."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with this address, saved. Without a password nobody can sign in as them until one is set."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account: one for life, whatever agencies and boards they work for."""

    unwalled = "a person belongs to no agency; lists of people are read through memberships"
    privacy = Privacy(
        kept=Kept.MEMBERSHIP,
        open=("id", "is_active", "sessions_ended"),
        personal=("email", "name", "last_login", "joined"),
        confidential=("password",),
    )

    email = models.EmailField(_("email address"), max_length=254, unique=True)
    name = models.CharField(_("full name"), max_length=120)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined = models.DateTimeField(_("joined"), auto_now_add=True)

    sessions_ended = models.PositiveIntegerField(_("times that all sessions were ended"), default=0, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is held against at each request: another password or a raised count ends it."""
        salt = "safeboard.accounts.models.Person.session"
        value = f"{self.password}:{self.sessions_ended}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
