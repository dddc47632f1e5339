"""Messages to people: the in-app inbox, and what was handed to mail and SMS."""

from django.conf import settings
from django.db import models

from paike.kernel import ids


class Message(models.Model):
    """One message to one account, as it stands in the inbox. `kind` names its template folder."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages"
    )
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-created_at"], name="inbox")]


class Delivery(models.Model):
    """A message on its way through a channel (in_app, mail, sms). `fault` is the latest failure;
    while `sent_at` is null and `given_up_at` too, it is tried again."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    given_up_at = models.DateTimeField(null=True, blank=True)
    fault = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_per_channel")
        ]
