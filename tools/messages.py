"""The messages of the interface: Chinese in the source, English in a catalogue per app.

    python -m tools.messages extract [app ...]   bring the locale/en/LC_MESSAGES/django.po up to date
    python -m tools.messages compile             make the .mo files that Django reads (git-ignored)
    python -m tools.messages check               tell what is missing; exit code 1 if anything is

Compiling needs nothing but Python; the others need the development requirements (Babel).
"""

import sys
from pathlib import Path

from tools import catalogues

SOURCE = Path(__file__).parent.parent / "src" / "paike"


def compile_all() -> int:
    """Make the .mo files; how many."""
    found = sorted(SOURCE.rglob("locale/*/LC_MESSAGES/django.po"))
    for path in found:
        catalogues.compile_file(path, path.with_suffix(".mo"))
    return len(found)


def main(arguments: list[str]) -> int:
    command, names = (arguments[0] if arguments else ""), arguments[1:]
    if command == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    if command not in {"extract", "check"}:
        print(__doc__)
        return 2
    from tools import translations  # noqa: PLC0415 - Babel is there in development only

    if command == "extract":
        print(f"{translations.extract_all(names)} catalogues")
        return 0
    found = translations.faults()
    print("\n".join(found) or "complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
