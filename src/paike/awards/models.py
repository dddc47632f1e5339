"""The result: frozen when published; what was awarded; the papers that prove it."""

import pgtrigger
from django.conf import settings
from django.db import models

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import ids
from paike.orgs.models import Organisation


class CommitteeBallot(models.Model):
    """The recorded vote of the committee that breaks a tie the whole chain could not."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    order = models.JSONField()  # entry ids, best first
    minutes = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


@pgtrigger.register(
    pgtrigger.Protect(name="results_are_frozen", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Result(models.Model):
    """A published result. `computation` holds inputs and every step, so that it can be redone."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="result")
    computation = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )


class Award(models.Model):
    """A prize given to a work. `number` and `check_code` stand on its certificate. Works of a tie
    that the whole chain left unbroken share their `rank`; such a tie never lies across levels."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="awards")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="award")
    level = models.CharField(max_length=40)  # the rulebook's key, e.g. "special"
    rank = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    check_code = models.CharField(max_length=16, unique=True, default=ids.new_code)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.TextField(blank=True)


@pgtrigger.register(
    pgtrigger.Protect(name="old_papers_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class SupersededPaper(models.Model):
    """A certificate that no longer holds because its work moved up to another level. Its code
    goes on being answered: with what replaced it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="superseded_papers")
    level = models.CharField(max_length=40)
    number = models.CharField(max_length=40, unique=True)
    check_code = models.CharField(max_length=16, unique=True)
    at = models.DateTimeField()
    reason = models.TextField()


class OrganisationAward(models.Model):
    """A prize given to a body for its part in the call, by the rulebook's formula."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="organisation_awards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    check_code = models.CharField(max_length=16, unique=True, default=ids.new_code)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["result", "organisation"], name="one_prize_per_organisation"
            )
        ]
