"""How high a unit stands, and what may stand under what."""

from paike.kernel.text import Text

ORDER = ("national", "body", "city", "district", "grassroots")  # highest first
NAMES = {
    "national": Text("全国", "National"),
    "body": Text("推荐单位", "Recommending body"),
    "city": Text("市级", "City"),
    "district": Text("县区级", "District"),
    "grassroots": Text("基层", "Grass roots"),
}


def may_stand_under(level: str, parent: str | None) -> bool:
    """Whether a unit of `level` may have a parent of level `parent`: always a higher one, except
    that grass-roots unions nest (a factory's union and its workshops) and the undertaker's unit
    stands at the root. A tree has one kind of root."""
    if parent is None:
        return level == "national"
    if level == parent:
        return level in ("national", "grassroots")
    return ORDER.index(level) > ORDER.index(parent)
