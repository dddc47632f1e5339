import hashlib
import json
import re
import zlib
from datetime import datetime
from pathlib import Path

import pytest

from paike.campaigns.models import Campaign
from paike.entries.actions import disqualifications
from paike.exhibition.actions import packages, publications
from paike.exhibition.models import Package
from paike.media.actions import captions
from paike.media.models import Rendition, RenditionKind
from tests.factories import exhibition, orgs, review

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[3] / "docs" / "spec"


def build(campaign: Campaign, target: Path) -> Package:
    now = review.moment(campaign, "exhibit")
    return packages.build(campaign_id=campaign.pk, target=target, by=None, now=now)


def test_shared_links_show_a_picture_where_the_address_is_known(tmp_path: Path) -> None:
    campaign = review.small_call()
    (work,) = exhibition.published(campaign=campaign, works=1)
    page = Path("show", "works", f"{work.pk.hex}.html")
    build(campaign, tmp_path / "show")
    assert f'og:image" content="../cards/{work.pk.hex}' in (tmp_path / page).read_text()
    packages.build(
        campaign_id=campaign.pk,
        target=tmp_path / "show",
        address="https://news.example/show",
        by=None,
        now=review.moment(campaign, "exhibit"),
    )
    wanted = f'og:image" content="https://news.example/show/cards/{work.pk.hex}'
    assert wanted in (tmp_path / page).read_text()
    home = (tmp_path / "show" / "index.html").read_text()
    assert 'og:image" content="https://news.example/show/cards/home.png"' in home
    assert "news.example" not in "".join(home.split("og:image")[2:])  # nothing else is absolute


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_package_is_whole_and_its_sums_are_right(tmp_path: Path) -> None:
    campaign = review.small_call()
    published = exhibition.published(campaign=campaign, works=3)
    target = tmp_path / "show"
    package = build(campaign, target)
    files = everything(target)
    assert package.works == 3
    assert package.files == len(files)
    assert package.size == sum(map(len, files.values()))
    sums = files.pop("checksums.txt")
    assert hashlib.sha256(sums).hexdigest() == package.sums_sha256
    pairs = (line.split("  ") for line in sums.decode().splitlines())
    lines = {path: digest for digest, path in pairs}
    assert lines == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    for one in published:
        for name in (f"works/{one.pk.hex}.html", f"en/works/{one.pk.hex}.html"):
            assert one.title in files[name].decode()
        assert f"films/{one.pk.hex}-576.mp4" in files
        assert f"films/{one.pk.hex}-360.mp4" in files
    manifest = json.loads(files["manifest.json"])
    assert datetime.fromisoformat(manifest["expires"]) == package.expires_at
    assert manifest["files"] == {
        path: {"size": len(data), "crc32": zlib.crc32(data)}
        for path, data in files.items()
        if path != "manifest.json"
    }


def test_the_specification_names_every_folder_and_key(tmp_path: Path) -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=1)
    build(campaign, tmp_path / "show")
    written = (DOCS / "exhibition-package.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z0-9_.]+)", written))
    for path in (tmp_path / "show").iterdir():
        assert path.name in named, path.name
    manifest = json.loads((tmp_path / "show" / "manifest.json").read_bytes())
    section = manifest["sections"][0]
    for keys in (manifest, section, section["works"][0]):
        assert set(keys) <= named | set(re.findall(r"[{, ]([a-z0-9]+)[,}]", written)), keys


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=2)
    build(campaign, tmp_path / "one")
    build(campaign, tmp_path / "other")
    assert everything(tmp_path / "one") == everything(tmp_path / "other")


def test_hidden_and_disqualified_works_disappear_on_rebuild(tmp_path: Path) -> None:
    campaign = review.small_call()
    first, second, third = exhibition.published(campaign=campaign, works=3)
    now, target = review.moment(campaign, "exhibit"), tmp_path / "show"
    build(campaign, target)
    publications.hide(publication_id=first.pk, by=orgs.editor(), reason="家属要求", now=now)
    disqualifications.disqualify(
        entry=second.entry, by=orgs.organiser(), reason="音乐没有授权。", now=now
    )
    package = build(campaign, target)
    assert package.works == 1
    names = " ".join(everything(target))
    assert first.pk.hex not in names
    assert second.pk.hex not in names
    assert third.pk.hex in names
    text = b" ".join(everything(target).values()).decode(errors="ignore")
    assert first.title not in text
    assert [path.name for path in tmp_path.iterdir()] == ["show"]


def test_other_peoples_files_are_not_overwritten(tmp_path: Path) -> None:
    campaign = review.small_call()
    (tmp_path / "thesis.doc").write_text("three years of work")
    with pytest.raises(packages.NotAFolderOfOurs):
        build(campaign, tmp_path)
    assert (tmp_path / "thesis.doc").read_text() == "three years of work"


def test_no_page_points_outside_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=6)
    target = tmp_path / "show"
    build(campaign, target)
    for page in target.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "http:" not in text
        assert "https:" not in text
        for link in re.findall(r'(?:href|src|poster)="([^"#]+)"', text):
            assert not link.startswith("/")
            assert (page.parent / link).resolve().is_file(), (page, link)


def test_pages_are_light(tmp_path: Path) -> None:
    """HTML, style, script and every picture of a page, also those loaded late: 100 kB."""
    campaign = review.small_call(size=14)
    exhibition.published(campaign=campaign, works=14)
    target = tmp_path / "show"
    build(campaign, target)
    for page in target.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        links = set(re.findall(r'(?:src|poster|rel="stylesheet" href)="([^"]+)"', text))
        links |= set(re.findall(r'url\("([^"]+)"\)', text))
        parts = [page.parent / link for link in links if not link.endswith(".mp4")]
        weight = len(text.encode()) + sum(part.stat().st_size for part in parts)
        assert weight <= 100_000, (page, weight)


def test_captions_are_in_the_package_and_on_the_page(tmp_path: Path) -> None:
    campaign = review.small_call()
    one, other = exhibition.published(campaign=campaign, works=2)
    words = "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\n炉前的灯\n"
    captions.put(
        film=one.version.film,
        source=words.encode(),
        by=orgs.editor(),
        now=review.moment(campaign, "exhibit"),
    )
    build(campaign, tmp_path / "show")
    files = everything(tmp_path / "show")
    assert files[f"captions/{one.pk.hex}.vtt"].decode() == words
    assert f'src="../captions/{one.pk.hex}.vtt"' in files[f"works/{one.pk.hex}.html"].decode()
    assert f"captions/{other.pk.hex}.vtt" not in files
    assert 'kind="captions"' not in files[f"works/{other.pk.hex}.html"].decode()


def test_the_small_pictures_are_in_the_package_with_their_moments(tmp_path: Path) -> None:
    campaign = review.small_call()
    one, other = exhibition.published(campaign=campaign, works=2)
    Rendition.objects.filter(film=other.version.film, kind=RenditionKind.STORYBOARD).delete()
    build(campaign, tmp_path / "show")
    files = everything(tmp_path / "show")
    assert files[f"storyboards/{one.pk.hex}.jpg"].startswith(b"\xff\xd8")
    track = files[f"storyboards/{one.pk.hex}.vtt"].decode()
    assert f"00:00:01.950 --> 00:00:02.000\n{one.pk.hex}.jpg#xywh=1080,270,120,90" in track
    assert f"storyboards/{other.pk.hex}.jpg" not in files
    assert 'class="scrub"' not in files[f"works/{other.pk.hex}.html"].decode()
