"""Run inside an installation by test_whole: makes an entrant with a draft, signed in.

Prints the entry's id and the session's cookie as JSON.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "paike.config.settings"
django.setup()

from django.conf import settings  # noqa: E402 - after the set-up

from paike.entries.models import Entry  # noqa: E402
from paike.kernel import clock  # noqa: E402
from paike.uploads.models import SealedObject  # noqa: E402
from tests.factories import accounts, campaigns, entries  # noqa: E402

if __name__ == "__main__":
    now, person = clock.now(), accounts.account()
    draft = entries.draft(owner=person, campaign=campaigns.campaign(now=now), now=now)
    Entry.objects.filter(pk=draft.pk).update(film=None)
    SealedObject.objects.all().delete()
    cookie = accounts.client(person).cookies[settings.SESSION_COOKIE_NAME]
    made = {"entry": str(draft.pk), "name": cookie.key, "value": cookie.value}
    sys.stdout.write(json.dumps(made) + "\n")
