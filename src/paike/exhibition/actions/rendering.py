"""Templates of the static exhibition: an engine of their own, since these pages know no request.

{% to "assets/style.css" %}   the relative link from this page to another file
{% shared "cards/home.png" %}  the whole address where the show's is known: platforms that show a
                               shared link fetch no relative picture
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine, Library
from django.utils.translation import get_language, override

from paike.exhibition.rules import pages
from paike.exhibition.rules.pages import Show
from paike.kernel.text import Text

FOLDER = Path(__file__).parent.parent / "templates"

register = Library()


@register.simple_tag(takes_context=True)
def to(context: Context, path: str) -> str:
    """The relative link from the page being written to another file of the package."""
    return pages.relative(path, seen_from=context["here"])


@register.simple_tag(takes_context=True)
def shared(context: Context, path: str) -> str:
    """The whole address of a file of the package, or its relative link when nobody told where the
    package will lie."""
    address = str(context.get("address") or "")
    return f"{address.rstrip('/')}/{path}" if address else to(context, path)


@register.filter
def in_language(text: Text | str) -> str:
    """The page's language of a Text."""
    return text if isinstance(text, str) else text.in_language(get_language() or "zh-hans")


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(
        dirs=[str(FOLDER)],
        builtins=["django.templatetags.i18n", "paike.exhibition.actions.rendering"],
    )


def page(template: str, *, show: Show, here: str, language: str, **known: Any) -> bytes:
    """A page of the package, at the path `here`, as UTF-8."""
    context = Context(
        {
            "show": show,
            "here": here,
            "language": language,
            "other": pages.twin(here),
            "home": pages.home(language),
            "licence": pages.licence(language),
            "search": pages.search(language),
            **known,
        }
    )
    with override(language):
        return _engine().get_template(f"exhibition/{template}").render(context).encode()


def plain(template: str, **known: Any) -> bytes:
    """A file without markup: nothing in it is escaped."""
    context = Context(known, autoescape=False)
    return _engine().get_template(f"exhibition/{template}").render(context).encode()
