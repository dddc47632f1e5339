"""Units as lists show them: found by a word, with how many stand below."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from paike.accounts.models import Account
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import memberships, organisations
from paike.orgs.rules import planting

PAGE = 50


def tops(*, account: Account, everywhere: bool) -> QuerySet[Organisation]:
    """Where this account's part of the tree begins: right below the national unit for who sees
    everything (organisers), at the units a clerk serves otherwise."""
    if everywhere:
        root = organisations.root()
        return counted(organisations.children(root)) if root else Organisation.objects.none()
    own = [
        one.organisation_id for one in memberships.live(account=account) if one.role == Role.CLERK
    ]
    found: QuerySet[Organisation] = Organisation.objects.filter(pk__in=own)
    return counted(found.order_by("position", "code"))


def below(unit: Organisation) -> QuerySet[Organisation]:
    """The units right below, with how many stand below each."""
    return counted(organisations.children(unit))


def search(word: str, *, account: Account, everywhere: bool) -> QuerySet[Organisation]:
    """Units of this account's part of the tree whose name or code holds `word`."""
    found: QuerySet[Organisation] = Organisation.objects.filter(
        Q(name__icontains=word)
        | Q(short_name__icontains=word)
        | Q(name_en__icontains=word)
        | Q(code__istartswith=word)
    )
    if not everywhere:
        found = found.filter(pk__in=_own_branches(account))
    return counted(found.select_related("parent").order_by("code"))


def organising() -> list[Organisation]:
    """The units whose staff may be organisers and editors."""
    found: QuerySet[Organisation] = Organisation.objects.filter(code__in=planting.ORGANISING)
    return list(found.order_by("code"))


def counted(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each with `below`: how many units stand right below."""
    with_number: QuerySet[Organisation] = found.annotate(below=Count("children"))
    return with_number


def _own_branches(account: Account) -> Collection[UUID]:
    own = [
        one.organisation_id for one in memberships.live(account=account) if one.role == Role.CLERK
    ]
    return organisations.branches_ids(own)
