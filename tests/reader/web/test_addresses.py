"""Which addresses are of the public internet."""

from __future__ import annotations

import pytest

from reader.web.addresses import reach_of


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])
def test_public(address: str) -> None:
    assert reach_of(address) == "public"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "198.18.0.1", "192.0.2.1", "::1", "fc00::1", "fec0::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001::1", "::7f00:1"],
)  # fmt: skip
def test_private_also_where_it_is_carried_inside_another(address: str) -> None:
    assert reach_of(address) == "private"


@pytest.mark.parametrize(
    "address", ["0.0.0.0", "169.254.169.254", "fe80::1%eth0", "224.0.0.1", "255.255.255.255", "ff02::1", "::", "x"]
)
def test_never(address: str) -> None:
    assert reach_of(address) == "never"
