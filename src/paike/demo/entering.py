"""The demo's first act: entrants follow their unit's link, register, write, upload and submit."""

import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from paike.campaigns.rules.rulebook import Rulebook
from paike.demo import films, people
from paike.demo.cast import Entrant
from paike.demo.visitor import Refused, Visitor
from paike.kernel import clock

WAVE = 5  # entrants at the same moment of the demo's clock
FORMAT_REFUSED = (1280, 720)


class Shooting:
    """Everybody's film is being made, on all cores, in the order of the entrants; films that are
    there already are kept. `step` is called for each, `end` after the last."""

    def __init__(
        self,
        entrants: Sequence[Entrant],
        folder: Path,
        *,
        step: Callable[[], None],
        end: Callable[[], None],
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._pool = ProcessPoolExecutor()
        self._step, self._end, self._left = step, end, len(entrants)
        self._films: dict[int, Future[None]] = {}
        for entrant in entrants:
            self._films[entrant.number] = self._pool.submit(_shoot, entrant, folder)
        for film in self._films.values():
            film.add_done_callback(self._made)
        self._pool.shutdown(wait=False)

    def wait_for(self, entrant: Entrant) -> None:
        """Until the entrant's film is there. Raises what its making raised."""
        self._films[entrant.number].result()

    def _made(self, _film: "Future[None]") -> None:
        self._step()
        self._left -= 1
        if not self._left:
            self._end()


def _shoot(entrant: Entrant, folder: Path) -> None:
    target = film_of(entrant, folder)
    if target.exists():
        return
    script = films.Script(
        seed=entrant.number,
        title=entrant.work.title,
        credit=f"作者：{entrant.name}　{entrant.unit_name}",
        scene=entrant.work.scene,
        lines=entrant.work.lines,
        seconds=8 + (entrant.number * 37 % 15) / 10 if entrant.number % 12 else 14.0,
    )
    partial = target.with_suffix(".partial.mp4")
    films.make(script, partial)
    partial.rename(target)
    if entrant.fate == "refused":
        films.make(script, wrong_film_of(entrant, folder), size=FORMAT_REFUSED)


def film_of(entrant: Entrant, folder: Path) -> Path:
    return folder / f"{entrant.number:03d}.mp4"


def wrong_film_of(entrant: Entrant, folder: Path) -> Path:
    return folder / f"{entrant.number:03d}-1280x720.mp4"


def enter_all(
    url: str,
    rulebook: Rulebook,
    entrants: Sequence[Entrant],
    links: dict[str, str],
    shooting: Shooting,
    *,
    begin: datetime,
    end: datetime,
    step: Callable[[], None],
) -> None:
    """Everybody enters, spread over [begin, end) in waves: the clock stands still within one."""
    waves = [entrants[at : at + WAVE] for at in range(0, len(entrants), WAVE)]
    with ThreadPoolExecutor(WAVE) as pool:
        for number, wave in enumerate(waves):
            clock.move_to(begin + (end - begin) * number / len(waves))
            jobs = [pool.submit(_enter, url, rulebook, one, links, shooting) for one in wave]
            for job in jobs:
                job.result()
                step()


def _enter(
    url: str, rulebook: Rulebook, entrant: Entrant, links: dict[str, str], shooting: Shooting
) -> None:
    shooting.wait_for(entrant)
    visitor, folder = Visitor(url), shooting.folder
    new_entry = f"/c/{rulebook.slug}/entries/new/"
    if entrant.body:
        join = f"/join/{links[entrant.unit_code]}/"
        visitor.get(join)
        visitor.post(join, {})
    people.register(visitor, entrant.phone, next_path=new_entry)
    visitor.get(new_entry)
    visitor.post(new_entry, {})
    entry = visitor.find(r"/entries/([0-9a-f-]{36})/")
    fields = _form(rulebook, entrant, visitor)
    wrong = entrant.fate == "refused"
    visitor.upload(
        wrong_film_of(entrant, folder) if wrong else film_of(entrant, folder), {"entry": entry}
    )
    _submit(visitor, entry, fields, rulebook)
    if wrong:
        _wait_for_refusal(visitor, entry)
        visitor.upload(film_of(entrant, folder), {"entry": entry})
        _submit(visitor, entry, fields, rulebook)
    if entrant.fate == "withdrawn":
        visitor.get(f"/entries/{entry}/withdrawal/")
        visitor.post(
            f"/entries/{entry}/withdrawal/", {"reason": "想把后半段重新剪一遍，下次再报。"}
        )
    visitor.close()


def _form(rulebook: Rulebook, entrant: Entrant, visitor: Visitor) -> dict[str, str]:
    work = entrant.work
    fields = {
        "route": "recommended" if entrant.body else "individual",
        "theme": rulebook.themes[work.theme - 1].key,
        "title": work.title,
        "synopsis": f"{work.synopsis}片中的主人公是一名{work.job}，也是大家身边的共产党员。",
        "credit_kind": "authors",
        "credit": entrant.name,
        "subject_name": entrant.colleague,
        "subject_unit": entrant.unit_name,
        "real_name": entrant.name,
        "phone": entrant.phone,
        "email": "",
        "reporting_unit": entrant.unit_name,
    }
    if entrant.body:
        fields["unit"] = visitor.find(r'name="unit" value="([0-9a-f-]{36})" checked')
    else:
        fields["workplace"] = entrant.unit_name
    return fields


def _submit(visitor: Visitor, entry: str, fields: dict[str, str], rulebook: Rulebook) -> None:
    visitor.get(f"/entries/{entry}/")
    signed = [one.key for one in rulebook.declarations]
    visitor.post(
        f"/entries/{entry}/submissions/", {**fields, "declarations": signed}, expect="作品已提交"
    )


def _wait_for_refusal(visitor: Visitor, entry: str) -> None:
    """The page that renews itself says when the gate has spoken."""
    for _attempt in range(240):
        page = visitor.get(f"/entries/{entry}/")
        if re.search(r'name="declarations"', page):
            return
        time.sleep(0.25)
    raise Refused(f"/entries/{entry}/: the gate did not refuse a film of the wrong size")
