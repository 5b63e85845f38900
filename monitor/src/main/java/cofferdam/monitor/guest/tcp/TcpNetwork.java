package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.TcpSegment;

/** What carries the segments. */
public interface TcpNetwork {

    /** Sends a segment; must not deliver anything to the sender before it returns. */
    void send(Ipv4Address target, TcpSegment segment);

    /**
     * An acknowledgment of new data came from the peer, so that the way to it works (RFC 4861
     * section 7.3.1).
     */
    void reachable(Ipv4Address peer);
}
