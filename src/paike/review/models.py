"""The way up: a version waits at a unit, is decided there, is recommended, is shortlisted."""

from uuid import UUID

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from paike.campaigns.models import Campaign
from paike.entries.models import Entry, Version
from paike.kernel import ids
from paike.media.models import Likeness
from paike.orgs.models import Organisation


class Referral(models.Model):
    """A version waits at a unit until somebody there decides, or it leaves otherwise (withdrawn,
    disqualified, a newer version)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    number = models.PositiveSmallIntegerField()  # the n-th time this entry waits somewhere
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="referrals")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="referrals")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    arrived_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(closed_at__isnull=True), name="waits_at_one_unit"
            ),
            models.UniqueConstraint(fields=["entry", "number"], name="referrals_are_numbered"),
        ]
        indexes = [models.Index(fields=["unit", "closed_at", "arrived_at"], name="unit_queue")]


class DecisionOutcome(models.TextChoices):
    ACCEPT = "accept"
    RETURN = "return"  # to the entrant, to be fixed
    DECLINE = "decline"


class Decision(models.Model):
    """What a unit decided about a version, and why."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=8, choices=DecisionOutcome.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="accept") | ~Q(reason=""), name="a_no_has_a_reason"
            )
        ]


class Reversal(models.Model):
    """A decision was taken back by the one who made it, before anybody else had acted on it. The
    work waits at the unit again, under a new referral."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reversal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


@pghistory.track()
class RecommendationList(models.Model):
    """A body's list: ranked, between `quota_min` and `quota_max` works, submitted once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    quota_min = models.PositiveSmallIntegerField()
    quota_max = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_code = models.CharField(max_length=16, unique=True, default=ids.new_code)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "body"], name="one_list_per_body"),
            models.CheckConstraint(
                condition=Q(quota_min__lte=F("quota_max")), name="quota_min_up_to_max"
            ),
        ]


@pghistory.track()
class Recommendation(models.Model):
    """A work on a body's list: on a ranked place, or in the reserve (`reserve_rank`), or removed
    from it (`removed_at`) because it was withdrawn or disqualified. `quota_max` repeats the list's
    own so that the database itself refuses a place above it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    list = models.ForeignKey(
        RecommendationList, on_delete=models.PROTECT, related_name="recommendations"
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="recommendations")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    reserve_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    quota_max = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_why = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(removed_at__isnull=True), name="recommended_once"
            ),
            models.UniqueConstraint(
                fields=["list", "rank"],
                condition=Q(removed_at__isnull=True),
                name="a_rank_is_taken_once",
                deferrable=None,
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1, rank__lte=F("quota_max")),
                name="never_above_quota",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False)
                | Q(rank__isnull=False, reserve_rank__isnull=True)
                | Q(rank__isnull=True, reserve_rank__isnull=False),
                name="ranked_or_reserve",
            ),
        ]


class Shortlist(models.Model):
    """The formal act: these works go to the vote and the jury."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="shortlist")
    size = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)


@pghistory.track()
class Shortlisting(models.Model):
    """A work on the shortlist; removed when it leaves later, with the one that took its place."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    shortlist = models.ForeignKey(Shortlist, on_delete=models.PROTECT, related_name="shortlistings")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="shortlisting")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_why = models.CharField(max_length=20, blank=True)


class LikenessOutcome(models.TextChoices):
    """What became of two works whose films show the same."""

    ALLOWED = "allowed"  # both stay
    RETURNED = "returned"  # one goes back to its entrant, to be changed
    COPY = "copy"  # one is taken out
    MERGED = "merged"  # the same work sent by two units: one stays, the other unit is credited


class LikenessCase(models.Model):
    """The films of two works show the same; somebody decides what that means. `earlier` was
    submitted first. A case belongs to a pair of versions. While it is open it moves on to newer ones;
    once decided it stands, and a version that shares something else opens another."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    later = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    works = models.CharField(max_length=73)  # both entries' ids, in order
    likeness = models.ForeignKey(Likeness, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=LikenessOutcome.choices, blank=True)
    out = models.ForeignKey(
        Entry, null=True, on_delete=models.PROTECT, related_name="+"
    )  # the work that leaves, or goes back
    credited_unit = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )  # merged: the unit of the work that left
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["works"], condition=Q(outcome=""), name="one_open_case_a_pair_of_works"
            ),
            models.UniqueConstraint(
                fields=["earlier", "later"], name="one_case_a_pair_of_versions"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & ~Q(reason="") & Q(decided_at__isnull=False)),
                name="likeness_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("", "allowed"), out__isnull=True)
                | Q(outcome__in=("returned", "copy", "merged"), out__isnull=False),
                name="likeness_says_who_leaves",
            ),
        ]

    @property
    def entries(self) -> tuple[Entry, Entry]:
        """Both works, the one submitted first before the other."""
        return self.earlier.entry, self.later.entry

    @property
    def entry_ids(self) -> tuple[UUID, UUID]:
        return self.earlier.entry_id, self.later.entry_id

    def version_of(self, entry: Entry) -> Version:
        """The version of this work that the case is about."""
        return self.earlier if self.earlier.entry_id == entry.pk else self.later


class LikenessAnswer(models.Model):
    """What an entrant of one of the two works says about it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    case = models.ForeignKey(LikenessCase, on_delete=models.PROTECT, related_name="answers")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="likeness_answers")
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "entry"], name="one_answer_a_work")]
