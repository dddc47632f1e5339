"""In which capacity somebody acted, in words."""

from paike.kernel.text import Text

ENTRANT = Text("投稿人", "the entrant")
PAIKE = Text("系统", "the system")
PERSON = Text("用户", "a member of the public")

ROLES: dict[str, Text] = {
    "entrant": ENTRANT,
    "clerk": Text("审核员", "clerk"),
    "editor": Text("编辑", "editor"),
    "organiser": Text("主办方", "organiser"),
    "juror": Text("评委", "juror"),
}


def words(role: str) -> Text:
    """The words for a role; the key itself where the table does not know it."""
    return ROLES.get(role, Text(role, role))


def name(*, role: str, display_name: str, by_paike: bool) -> Text:
    """How the trail names who acted: staff by display name, jurors and entrants by their part
    only, since the trail is read by people who must not learn their names."""
    if by_paike:
        return PAIKE
    if role in ("entrant", "juror"):
        return ROLES[role]
    return Text(display_name, display_name) if display_name else PERSON
