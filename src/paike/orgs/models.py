"""The tree of organisations, who serves in them, and the links by which they mobilise."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from tree_queries.models import TreeNode

from paike.kernel import ids
from paike.kernel.text import Text


class Level(models.TextChoices):
    """How high a unit stands. A `body` is one that recommends (the 35 of the notice)."""

    NATIONAL = "national"
    BODY = "body"
    CITY = "city"
    DISTRICT = "district"
    GRASSROOTS = "grassroots"


class Organisation(TreeNode):  # type: ignore[misc]  # tree_queries has no stubs
    """A unit. `code` is its short lasting name (`GD`, `GD-SZ-0042`); `short_name` stands in titles."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="name_once_under_a_parent")
        ]

    @property
    def words(self) -> Text:
        """The full name in the reader's language; a unit without an English one keeps its own."""
        return Text(self.name, self.name_en or self.name)

    @property
    def short_words(self) -> Text:
        """The short name in the reader's language."""
        return Text(self.short_name, self.name_en or self.short_name)


class Role(models.TextChoices):
    """What a member may do for a unit. Jurors sit on panels (`jury`), not in units."""

    CLERK = "clerk"
    EDITOR = "editor"
    ORGANISER = "organiser"


class Membership(models.Model):
    """An account serves a unit in a role, since a day and until it ends."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_live_membership",
            )
        ]


class InviteLink(models.Model):
    """A unit's own link and QR: it leads an entrant to registration with that unit chosen."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invite_links"
    )
    campaign_id = models.UUIDField()
    code = models.CharField(max_length=16, unique=True, default=ids.new_code)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "campaign_id"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_invite_link",
            )
        ]


class StaffInvitation(models.Model):
    """A one-time link by which a colleague sets a password and TOTP for a role in a unit."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
