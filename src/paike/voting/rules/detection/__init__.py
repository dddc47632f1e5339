"""When ballots look stuffed. Ballots as columns in, tags with evidence out; nobody's vote changes.

A detector is a folder with `KEY`, `FAMILY`, `NAME` and `find(contest, so_far)`; it is registered by
one line in `registry.py`. docs/detection/ has one page for each.
"""
