package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.DhcpMessage;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A DHCP server (RFC 2131 section 4.3) that gives each known machine the one address that is bound
 * to its hardware address, and itself as the router. Who is not known gets no answer.
 */
final class DhcpServer {

    /** Seconds. */
    static final int LEASE_TIME = 86_400;

    private final Ipv4Address own;
    private final SortedMap<MacAddress, Ipv4Address> leases;
    private final DhcpPort port;

    DhcpServer(Ipv4Address own, SortedMap<MacAddress, Ipv4Address> leases, DhcpPort port) {
        this.own = own;
        this.leases = leases;
        this.port = port;
    }

    void receive(DhcpMessage asked) {
        Ipv4Address bound = leases.get(asked.clientHardware());
        if (bound == null) {
            return;
        }
        switch (asked.type()) {
            case DISCOVER -> answer(DhcpMessage.Type.OFFER, asked, bound);
            case REQUEST -> request(asked, bound);
            case OFFER, DECLINE, ACK, NAK, RELEASE, INFORM -> {}
        }
    }

    /** A request that names another server declines what this one offered. */
    private void request(DhcpMessage asked, Ipv4Address bound) {
        Optional<Ipv4Address> server = asked.address(DhcpMessage.SERVER_IDENTIFIER);
        if (server.isPresent() && !server.get().equals(own)) {
            return;
        }
        Ipv4Address wanted =
                asked.address(DhcpMessage.REQUESTED_ADDRESS).orElse(asked.clientAddress());
        answer(wanted.equals(bound) ? DhcpMessage.Type.ACK : DhcpMessage.Type.NAK, asked, bound);
    }

    /** What refuses goes to all: the client's address is in doubt (RFC 2131 section 4.3.2). */
    private void answer(DhcpMessage.Type type, DhcpMessage asked, Ipv4Address bound) {
        boolean refused = type == DhcpMessage.Type.NAK;
        Map<Integer, byte[]> options = new TreeMap<>();
        options.put(DhcpMessage.SERVER_IDENTIFIER, DhcpMessage.value(own));
        if (!refused) {
            options.put(DhcpMessage.SUBNET_MASK, DhcpMessage.value(Ipv4Routes.MASK));
            options.put(DhcpMessage.ROUTER, DhcpMessage.value(own));
            options.put(DhcpMessage.LEASE_TIME, DhcpMessage.value(LEASE_TIME));
        }
        // RFC 6842: a client's identifier comes back.
        byte[] identifier = asked.options().get(DhcpMessage.CLIENT_IDENTIFIER);
        if (identifier != null) {
            options.put(DhcpMessage.CLIENT_IDENTIFIER, identifier);
        }
        DhcpMessage answer = new DhcpMessage(
                type,
                asked.transaction(),
                asked.broadcast(),
                type == DhcpMessage.Type.ACK ? asked.clientAddress() : Ipv4Address.ANY,
                refused ? Ipv4Address.ANY : bound,
                asked.clientHardware(),
                options);
        port.answer(own, answer, refused || asked.broadcast());
    }
}
