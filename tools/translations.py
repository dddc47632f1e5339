"""Find the messages in the source, keep the English catalogues in step with them, tell what is missing.

Python strings are found by Babel, template strings by Django's own `templatize`. No GNU gettext.
"""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "paike"
SURFACES = SOURCE / "web"
HAN = re.compile(r"[\u3400-\u9fff]")
QUOTED = re.compile(
    "“[^”]*”|《[^》]*》"
)  # an English text may quote what stands on a Chinese paper
NAMES_ITSELF = "{# i18n:"  # on a line whose Chinese is meant for both languages

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class Found:
    """A message in the source."""

    id: str | tuple[str, ...]
    context: str | None
    file: str


def _django() -> None:
    """Enough of Django to read templates."""
    if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
        settings.configure(USE_I18N=True)


def apps() -> list[Path]:
    """Every folder that may hold a catalogue: rooms, and the surfaces of the web."""
    rooms = [path for path in SOURCE.iterdir() if (path / "__init__.py").exists()]
    surfaces = [path for path in SURFACES.iterdir() if (path / "__init__.py").exists()]
    return sorted(path for path in (*rooms, *surfaces) if path != SURFACES)


def catalogue(app: Path) -> Path:
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def found_in(app: Path) -> list[Found]:
    """The messages of an app, by file, then by place."""
    return [
        one for path in sorted(_files(app)) for one in _messages(path, str(path.relative_to(ROOT)))
    ]


def _files(app: Path) -> Iterator[Path]:
    for path in app.rglob("*"):
        if (path.suffix == ".py" and "migrations" not in path.parts) or (
            path.suffix in {".html", ".txt"} and "templates" in path.parts
        ):
            yield path


def _messages(path: Path, name: str) -> Iterator[Found]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text, origin=name)
    python = io.BytesIO(text.encode())
    for _line, id_, _comments, context in extract(
        "python", python, keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield Found(id_, context, name)


def updated(app: Path) -> Catalog:
    """The app's catalogue with exactly the messages of its source; known translations stay."""
    known = _read(app)
    made = Catalog(locale="en", project="Paike", charset="utf-8", fuzzy=False)
    made.header_comment = "# Paike in English."
    for one in found_in(app):
        before = known.get(_key(one.id), one.context)
        made.add(
            one.id,
            before.string if before else None,
            locations=[(one.file, 0)],
            context=one.context,
            flags=before.flags & {"fuzzy"} if before else (),
        )
    return made


def _read(app: Path) -> Catalog:
    path = catalogue(app)
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _key(id_: str | tuple[str, ...] | list[str]) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def extract_all(names: list[str]) -> int:
    """Write the catalogues of the named apps, or of all; how many."""
    _django()
    return sum(write(app) for app in apps() if not names or app.name in names)


def write(app: Path) -> bool:
    """Write the app's catalogue if it has messages; whether there is one."""
    made = updated(app)
    path = catalogue(app)
    if not len(made):
        path.unlink(missing_ok=True)
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, made, sort_by_file=True, include_lineno=False, ignore_obsolete=True, width=100)
    lines = out.getvalue().decode().splitlines(keepends=True)
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By")
    path.write_text(
        "".join(line for line in lines if not any(word in line for word in dated)),
        encoding="utf-8",
    )
    return True


def faults() -> list[str]:
    """Everything that is not complete: untranslated, doubtful, missing, left over, unmarked."""
    _django()
    of_catalogues = [fault for app in apps() for fault in _of_catalogue(app)]
    known = {str(app.relative_to(SOURCE)): _read(app) for app in apps()}
    return [*of_catalogues, *contradictions(known), *unmarked()]


def contradictions(catalogues: dict[str, Catalog]) -> Iterator[str]:
    """Words that two apps say differently in English: Django merges all catalogues into one, so the
    reader of one app gets the words of another."""
    said: dict[tuple[str, str | None], dict[str, str]] = {}
    for name, known in catalogues.items():
        for message in known:
            if message.id:
                key = (_key(message.id), message.context)
                said.setdefault(key, {})[name] = str(message.string)
    for (id_, _context), strings in said.items():
        if len(set(strings.values())) > 1:
            ways = ", ".join(f"{text} ({name})" for name, text in strings.items())
            yield f"“{id_}” has several English texts, give it a context: {ways}"


def _of_catalogue(app: Path) -> Iterator[str]:
    known = _read(app)
    name = app.relative_to(SOURCE)
    wanted = {(_key(one.id), one.context): one for one in found_in(app)}
    for (id_, context), one in wanted.items():
        message = known.get(id_, context)
        if message is None:
            yield f"{name}: “{id_}” ({one.file}) is not in the catalogue: run extract"
        elif problem := _problem(message):
            yield f"{name}: “{id_}” ({one.file}) {problem}"
    for message in known:
        if message.id and (_key(message.id), message.context) not in wanted:
            yield f"{name}: “{_key(message.id)}” is in no source: run extract"


def _problem(message: Message) -> str:
    strings = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    if not all(strings):
        return "has no English"
    if message.fuzzy:
        return "is marked fuzzy"
    if any(HAN.search(QUOTED.sub("", text)) for text in strings):
        return "has Chinese in its English"
    return ""


def unmarked() -> list[str]:
    """Chinese in templates that stands outside trans, blocktrans and _()."""
    return [
        fault
        for app in apps()
        for path in sorted((app / "templates").rglob("*.html"))
        for fault in _unmarked_in(path)
    ]


def _unmarked_in(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    inside = ""
    for token in Lexer(text).tokenize():
        tag = token.contents.split()[0] if token.contents.split() else ""
        if token.token_type is TokenType.BLOCK and tag in {
            "blocktrans",
            "blocktranslate",
            "comment",
        }:
            inside = f"end{tag}"
        elif token.token_type is TokenType.BLOCK and tag == inside:
            inside = ""
        elif not inside and _is_bare(token.token_type, token.contents, tag):
            line = (token.lineno or 1) + _lines_before_han(token.contents)
            if NAMES_ITSELF not in lines[min(line, len(lines)) - 1]:
                yield f"{path.relative_to(ROOT)}:{line}: Chinese outside of trans"


def _is_bare(kind: TokenType, contents: str, tag: str) -> bool:
    if kind is TokenType.COMMENT or tag in {"trans", "translate"}:
        return False
    marked = re.compile(r"""_\((?:"[^"]*"|'[^']*')\)""")
    return bool(HAN.search(marked.sub("", contents)))


def _lines_before_han(contents: str) -> int:
    found = HAN.search(contents)
    return contents[: found.start()].count("\n") if found else 0
