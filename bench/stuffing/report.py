"""The figures as a page."""

from typing import Any

from bench.stuffing.attacks import BEYOND

HEAD = """# How well stuffed ballots are found

Made by `python -m bench.stuffing --write`; nothing here is written by hand. {contests} made-up contests (seeds
{seeds}; the thresholds were chosen on seeds 1 to 3, the look at lone ballots on 1 to 8) of about {ballots} ballots over seven days: steep
popularity, people fond of their own body's works, fifteen units with posters (their people come within two hours,
half from one address, 20 to 45 % in haste, up to 60 % voting their body's slate, most undeclared), and one factory
that votes after every shift from one address. Each attack is tried by itself on works of rank 11 to 50; its size is
a share of the work's honest ballots. **Found**: the work gets a quarantine at least half of which are the attack's
ballots. **Ballots**: the share of the attack's ballots quarantined.

| attack | size | ballots cast | found | ballots | honest ballots taken wrongly (worst) | factory | detectors |
|---|---|---|---|---|---|---|---|
"""
TAIL = """
## What is missed, and why

- **{beyond}** are not among what must be found. A drip through a fresh home address for each ballot has no gathering;
  only haste and blind choosing together speak, and below a fifth of a work's ballots that is too quiet.
- **Patient people** who take their time, watch, and choose the other works as everybody does are voters. Statistics
  can't know that they were paid, and must not guess. A rule that caps one account's power (exactly five works, once a
  day) makes them dear; reports by people and the entrant's explanation are for them.
- **Small bought crowds** are found by ballots that are both hasty and blind, and mostly their account's only one, too many for
  the hours they came in. What of such a crowd votes again, is slow, or ticks what everybody likes, stays in: see the share of its
  ballots in the table. The joint look speaks for two families at once (choice and conduct), because each of its ballots shows
  both traits.
- **Bystanders.** While an attack goes on, a few honest ballots for the same work in the same hours are set aside with it;
  without an attack none are. The factory's are cleared as a house of its own. Two people see them before anything is void.
- A made-up contest is not a contest. Thresholds are in the rulebook: look at the forensics page before the first real
  vote, and read a quarantine as a question, not as a verdict.

False quarantine without any attack: {clean} of honest ballots; factory ballots quarantined over all runs: {factory}
of {factory_all}; ballots of mobilised units: {mobilised} of them. One look at such a contest takes
{seconds} s (two busy cores).
"""


VARIED = ("forged ", "one-work ")
VARIANTS = """
## Liars, and ballots of one work

How long somebody was on the page and what was watched is what the browser says. **forged**: the browsers of a
script or a drip claim minutes and works watched. Then haste says nothing and no detector of conduct but regularity speaks; what
is left is the gathering and the other picks, so a clever liar who also picks as people do is a patient person to
the detectors. A network or link is cleared as a house only if what stands on its ballots is as people choose too.

**one-work**: a call whose ballots name one work only. There are no other picks, the whole family of choice is
silent, and small attacks are missed: ask for several works on a ballot where detection has to carry weight.

| attack | size | ballots cast | found | ballots | honest ballots taken wrongly (worst) | factory | detectors |
|---|---|---|---|---|---|---|---|
"""

CLEAN = "\nFalse quarantine where ballots name one work, without any attack: {clean} of honest ballots.\n"


def markdown(found: dict[str, Any]) -> str:
    results = found["results"]
    text = HEAD.format(
        contests=len(found["seeds"]),
        seeds=", ".join(map(str, found["seeds"])),
        ballots=f"{found['ballots']:,}",
    )
    plain = {key: row for key, row in results.items() if not key.startswith(VARIED)}
    text += _rows(plain)
    rows = list(plain.values())
    worst = sum(row["mobilised_wronged"] for row in rows) / len(rows)
    text += TAIL.format(
        beyond=" and ".join(BEYOND),
        clean=f"{results['none']['honest_wronged']:.4%}",
        factory=sum(row["factory_wronged"] for row in rows),
        factory_all=f"{sum(row['factory_ballots'] for row in rows):,}",
        mobilised=f"{worst:.3%}",
        seconds=found["seconds_per_look"],
    )
    varied = {key: row for key, row in results.items() if key.startswith(VARIED)}
    if varied:
        text += (
            VARIANTS
            + _rows(varied)
            + CLEAN.format(clean=f"{results['one-work none']['honest_wronged']:.4%}")
        )
    return text


def _rows(results: dict[str, Any]) -> str:
    text = ""
    for key, row in results.items():
        if key.endswith("none"):
            continue
        name, size = key.rsplit(" ", 1)
        shown = f"{float(size):.0%}" if float(size) <= 1 else f"{int(size):,} ballots"
        label = f"{name} (beyond)" if name in BEYOND else name
        text += (
            f"| {label} | {shown} | {row['attack_ballots']:,} | {row['found']} of {row['contests']} "
            f"| {row['ballots_found']:.0%} | {row['honest_wronged']:.3%} "
            f"({row['honest_wronged_worst']:.3%}) | {row['factory_wronged']} "
            f"| {', '.join(row['detectors'])} |\n"
        )
    return text
