"""The frame of every page: assets, icons, the ways through the house."""

import pytest
from django.template import Context, Template
from django.test import Client, override_settings

from paike.kernel import clock
from paike.kernel.text import Text
from paike.web.shared import assets, cards
from tests.factories import accounts, campaigns, orgs

pytestmark = pytest.mark.django_db
built = pytest.mark.skipif(
    not (assets.BUILT / "manifest.json").exists(), reason="the front end is not built"
)


def draw(text: str, **known: object) -> str:
    return Template(text).render(Context(known))


@built
def test_pages_load_the_built_assets_with_the_nonce() -> None:
    campaigns.campaign(now=clock.now())
    page = Client().get("/").content.decode()
    (script,) = assets.files("main").scripts
    assert f"/static/built/{script}" in page
    assert 'nonce=""' not in page


@built
def test_unknown_icons_and_modules_are_faults() -> None:
    assert "<path" in draw("{% icon 'upload' %}")
    with pytest.raises(assets.Unknown):
        draw("{% icon 'no-such-icon' %}")
    with pytest.raises(assets.Unknown):
        assets.files("pages/no-such-page")


def test_people_s_words_are_escaped() -> None:
    card = cards.WorkCard(title="<script>alert(1)</script>", theme=Text("好人好事", "Good deeds"))
    page = draw('{% include "shared/components/work_card.html" %}', work=card)
    assert "<script>" not in page
    assert "好人好事" in page


def test_only_open_ways_are_listed() -> None:
    campaign = campaigns.campaign(now=clock.now())
    orgs.tree()
    visitor = Client().get("/").content.decode()
    editor = accounts.client(orgs.editor(), strong=True).get("/").content.decode()
    clerk = accounts.client(orgs.clerk(), strong=True).get("/").content.decode()
    way = f"/editor/{campaign.slug}/"
    assert way in editor
    assert way not in clerk
    assert way not in visitor
    assert "/desk/" in clerk


def test_the_style_page_is_for_development() -> None:
    assert Client().get("/dev/style/").status_code == 200
    with override_settings(DEVELOPMENT=False):
        assert Client().get("/dev/style/").status_code == 404
