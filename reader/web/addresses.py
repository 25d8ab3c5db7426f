"""Which addresses of the internet may be fetched: pure, no socket is opened here."""

from __future__ import annotations

import ipaddress
from typing import Literal

Reach = Literal["public", "private", "never"]

_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host, to some systems
        "169.254.0.0/16",  # link-local: the metadata of cloud machines
        "fe80::/10",
        "224.0.0.0/4",  # multicast
        "ff00::/8",
        "240.0.0.0/4",  # reserved, and broadcast
        "::/128",
    )
)
_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # carriers' NAT
        "192.0.0.0/24",
        "192.0.2.0/24",  # for documents
        "198.51.100.0/24",
        "203.0.113.0/24",
        "198.18.0.0/15",  # for benchmarks
        "192.88.99.0/24",  # 6to4 relays
        "64:ff9b:1::/48",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

BAD_PORTS = frozenset({
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113,
    115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556,
    563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666,
    6667, 6668, 6669, 6679, 6697, 10080, 11211,
})  # fmt: skip
"""Where other services listen: browsers do not go there either (WHATWG Fetch, "bad port"), and we add two of databases."""


def reach_of(address: str) -> Reach:
    """Whether an IP address is on the public internet, on a network of one's own, or nowhere to go at all.

    Addresses that carry another inside (mapped, 6to4, NAT64) are what they carry.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "never"
    if isinstance(ip, ipaddress.IPv6Address) and (inner := _carried(ip)) is not None:
        ip = inner
    if any(ip.version == network.version and ip in network for network in _NEVER):
        return "never"
    if not ip.is_global or any(ip.version == network.version and ip in network for network in _PRIVATE):
        return "private"
    return "public"


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip in _NAT64 or (int(ip) >> 32 == 0 and int(ip) > 1):  # NAT64; "IPv4-compatible", long given up
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
