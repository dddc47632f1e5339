"""Resumable uploads and the sealed objects they become."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from paike.kernel import ids


class Upload(models.Model):
    """One tus upload. How much has arrived is the size of its part file on disk, not a column."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads"
    )
    purpose = models.CharField(max_length=20)  # "film"
    subject_id = models.UUIDField()  # the entry the film is for
    size = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=128, blank=True)  # the browser's mark of the file
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # terminated by its owner, or expired
    ended_why = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-created_at"], name="uploads_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | Q(ended_at__isnull=True),
                name="sealed_or_ended_not_both",
            )
        ]


class SealedObject(models.Model):
    """A stored file that will never change: its key in the object store, hash and size."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="sealed_object")
    key = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()
