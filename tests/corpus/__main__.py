"""Make all test films: `python -m tests.corpus [name ...]`; prints where each is."""

import sys

from tests.corpus import films, making


def main(names: list[str]) -> None:
    for recipe in films.ALL:
        if not names or recipe.name in names:
            print(making.film(recipe))


if __name__ == "__main__":
    main(sys.argv[1:])
