"""`paike staff invite`: the first organiser comes by a link from the one who runs the machine."""

from argparse import Namespace

from paike.config import options
from paike.config.refusal import refuse
from paike.kernel import clock
from paike.orgs.actions import staff_invitations
from paike.orgs.queries import organisations
from paike.orgs.rules import planting

UNIT_OF_ROLE = {"organiser": planting.ROOT, "editor": planting.UNDERTAKER}


def run(arguments: Namespace) -> int:
    """Print a link that works once, for a week."""
    code = arguments.unit or UNIT_OF_ROLE.get(arguments.role)
    if code is None:
        raise refuse("请用 --unit 指定单位代码。", "Name the unit with --unit CODE.")
    unit = organisations.by_code(code)
    if unit is None:
        raise refuse(
            f"没有代码为 {code} 的单位。先用 paike call open 启动征集，或用 paike orgs import 导入。",
            f"There is no unit {code}. Open a call (paike call open) or import units first.",
        )
    _invitation, token = staff_invitations.issue(
        organisation=unit, role=arguments.role, by=None, now=clock.now()
    )
    print(f"{options.read('PAIKE_URL').rstrip('/')}/invitations/{token}/")
    return 0
