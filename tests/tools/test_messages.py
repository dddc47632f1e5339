"""Every string in both languages: untranslated, doubtful, missing or unmarked ones fail here."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import catalogues, translations


def test_everything_is_said_in_both_languages() -> None:
    assert translations.faults() == []


def test_one_chinese_text_with_two_english_ones_is_found() -> None:
    one, other = Catalog(locale="en"), Catalog(locale="en")
    one.add("通过", "Passed")
    one.add("主题", "Theme")
    other.add("通过", "Accept")
    other.add("主题", "Themes", context="plural")
    (fault,) = translations.contradictions({"shared": one, "clerk": other})
    assert "Passed (shared), Accept (clerk)" in fault


def test_chinese_outside_of_trans_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% trans "提交" %}\n{# 说明 #}\n<p>裸字</p>\n{% include "x" with a=_("好") %}\n'
        "{% blocktrans %}共 {{ n }} 部{% endblocktrans %}\n{{ x|default:'默认' }}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    found = [fault.split(":")[1] for fault in translations._unmarked_in(page)]
    assert found == ["3", "6"]


def test_compiled_catalogues_are_what_gettext_reads(tmp_path: Path) -> None:
    source, target = tmp_path / "django.po", tmp_path / "django.mo"
    source.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        '#: a.html\nmsgid "提交"\nmsgstr "Submit"\n\n'
        '#, fuzzy\nmsgid "疑问"\nmsgstr "Doubt"\n\n'
        'msgid "未译"\nmsgstr ""\n\n'
        'msgctxt "动词"\nmsgid "入围"\nmsgstr ""\n"Short"\n"list"\n\n'
        'msgid "%(n)s 部"\nmsgid_plural "%(n)s 部"\nmsgstr[0] "one"\nmsgstr[1] "many"\n',
        encoding="utf-8",
    )
    catalogues.compile_file(source, target)
    with target.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("提交") == "Submit"
    assert read.gettext("疑问") == "疑问"
    assert read.gettext("未译") == "未译"
    assert read.pgettext("动词", "入围") == "Shortlist"
    assert read.ngettext("%(n)s 部", "%(n)s 部", 1) == "one"
    assert read.ngettext("%(n)s 部", "%(n)s 部", 2) == "many"
