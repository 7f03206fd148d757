"""Where a visitor comes from, for limits: past the proxies that the settings trust, never by a header beyond them."""

import ipaddress

from django.conf import settings

SUBSCRIBER = 64  # bits of an IPv6 address; what follows is the subscriber's own to change


def visitor_address(remote: str, forwarded: str) -> str:
    """The address that counts for limits; a subscriber's whole network in IPv6.

    remote: who has connected. forwarded: X-Forwarded-For as it came, of which only the last entries, one for each
    trusted proxy, were written by somebody we trust.
    """
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    return _network(chain[-trusted] if trusted and len(chain) >= trusted else remote)


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), SUBSCRIBER), strict=False).network_address)
