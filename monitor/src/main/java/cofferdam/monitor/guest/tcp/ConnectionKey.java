package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.address.Ipv4Address;

/** What tells a machine's connections apart. */
record ConnectionKey(int localPort, Ipv4Address peer, int peerPort) {}
