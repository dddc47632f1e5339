"""People: an account, the contacts it signs in with, one-time codes, consents, invitations."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from paike.kernel import ids
from paike.vault.fields import SealedTextField


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their user name, for Django's own sign-in code."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A person. Entrants and voters have no user name or password: they sign in by code. Staff and
    jurors have both, and a TOTP secret."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    username = models.CharField(max_length=60, unique=True, null=True, blank=True)
    display_name = models.CharField(max_length=60, blank=True)  # staff: shown to colleagues
    real_name = SealedTextField()
    unit_name = SealedTextField()
    totp_secret = SealedTextField()
    totp_confirmed_at = models.DateTimeField(null=True, blank=True)
    totp_last_step = models.BigIntegerField(default=0)  # a code works once
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # erased on the person's own wish

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return self.username or str(self.pk)


class ContactKind(models.TextChoices):
    PHONE = "phone"
    EMAIL = "email"


class Contact(models.Model):
    """A phone number or e-mail address that was confirmed by a code. Found by its blind index."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = SealedTextField()
    index = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "index"], name="contact_is_of_one_account")
        ]


class OneTimeCode(models.Model):
    """A code sent to a phone or address: 6 digits, 5 minutes, one use, 5 tries, bound to session
    and purpose, kept as HMAC. Until the letter is handed over, address and code also stand in
    sealed fields; then these are emptied."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    index = models.CharField(max_length=64)  # blind index of the phone or address
    session_hash = models.CharField(max_length=64)
    purpose = models.CharField(max_length=20)
    code_hash = models.CharField(max_length=64)
    attempt = models.BigIntegerField(null=True)  # the network's, taken back when it is used
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    address = SealedTextField()
    letter = SealedTextField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    fault = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "index", "-sent_at"], name="codes_by_contact")]


class Attempt(models.Model):
    """Something that is limited per hour or day was tried: a code asked for, a password typed.
    `subject` is a blind index (of a phone, a user name, a network), never the thing itself."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject", "-at"], name="attempts_by_subject"),
            models.Index(fields=["at"], name="attempts_by_age"),
        ]


class RecoveryCode(models.Model):
    """One of ten codes that replace a lost TOTP device; each works once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True, blank=True)


class Consent(models.Model):
    """That an account agreed to a text: which text, which version, its hash, when."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=40)  # "privacy", "terms"
    version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "version"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_consent",
            )
        ]
