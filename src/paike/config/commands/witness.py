"""`paike witness accept`"""

from argparse import Namespace

from django.conf import settings

from paike.config.refusal import Refusal, refuse
from paike.voting.adapters import witnesses
from paike.voting.rules.ballot_log import notes


def run(arguments: Namespace) -> int:
    """Publish a head that a witness has signed."""
    try:
        key = notes.parse_key(arguments.key)
    except notes.NotANote as fault:
        raise refuse(
            "见证人的公钥格式不对：应为 witness-new 打印的一行。",
            "The witness's key is malformed: it is the line that `witness-new` printed.",
        ) from fault
    try:
        text = arguments.file.read_text("utf-8")
        head = witnesses.accept(text, witness=key, folder=settings.BALLOT_LOGS)
    except UnicodeDecodeError as fault:
        raise Refusal(witnesses.MALFORMED) from fault
    except witnesses.Unacceptable as fault:
        raise Refusal(fault.text) from fault
    print(f"{head.origin}: {head.size}")
    return 0
