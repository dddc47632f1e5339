"""The plain page that stands in for a film which can't be shown, in both languages."""

from paike.kernel.text import Text

PAGE = """<!doctype html>
<html lang="zh-Hans">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{zh}</title>
<style>
body {{ font: 16px/1.7 system-ui, sans-serif; margin: 20vh auto; max-width: 34em; padding: 0 16px; }}
p[lang=en] {{ color: #666 }}
</style>
<p>{zh}</p>
<p lang="en">{en}</p>
"""


def page(text: Text) -> bytes:
    """The page with this text (ours, never a visitor's)."""
    return PAGE.format(zh=text.zh, en=text.en).encode()
