"""Which network a request came from: the unit of the hourly limits."""

import ipaddress


def of(address: str) -> str:
    """An IPv4 address as it is; of an IPv6 address the /64, since one household owns all of it;
    an IPv4 address mapped into IPv6 counts as IPv4; "unknown" for anything else."""
    try:
        parsed = ipaddress.ip_address(address.strip().strip("[]").split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
