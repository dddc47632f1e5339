"""Puzzles that were solved: each is good once."""

from django.db import models


class SpentChallenge(models.Model):
    """The nonce of a solved puzzle, kept until the puzzle would be too old anyway."""

    nonce = models.BinaryField(max_length=32, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)
