package cofferdam.monitor.guest;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.packet.DhcpMessage;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A DHCP client (RFC 2131 section 4.4) that takes the first offer it hears, from whichever server,
 * and believes any acknowledgement of its transaction, as common clients do.
 *
 * <p>A machine keeps answering at the address that it was configured with, whatever it was leased:
 * what counts of a lease is the router that it names, which the machine uses until a later lease or
 * the end of this one. A lease is not renewed by itself.
 */
final class DhcpClient {

    /** How long a lease is tried for in all. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** When an unanswered message is sent again. */
    static final Duration RETRANSMIT = Duration.ofSeconds(3);

    private final GuestIdentity identity;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Link link;
    private final DhcpPort port;
    private final Ipv4Routes routes;
    private final Consumer<Event> events;
    private Optional<Attempt> attempt = Optional.empty();
    private Timer expiry = () -> {};

    DhcpClient(
            GuestIdentity identity,
            Timeline timeline,
            RandomGenerator random,
            Link link,
            Ipv4Routes routes,
            Consumer<Event> events) {
        this.identity = identity;
        this.timeline = timeline;
        this.random = random;
        this.link = link;
        this.port = new DhcpPort(link);
        this.routes = routes;
        this.events = events;
    }

    /** Begins to ask for an address; what was being asked for before is given up. */
    Operation lease(Flow flow) {
        attempt.ifPresent(earlier -> earlier.finish("another lease was asked for"));
        flow.start();
        Attempt begun = new Attempt(flow, random.nextInt());
        attempt = Optional.of(begun);
        begun.start();
        return flow::finished;
    }

    /**
     * Takes what came to the client's port.
     *
     * @param source the address that the packet names as its sender
     * @param from the hardware address that its frame names
     */
    void receive(DhcpMessage message, Ipv4Address source, MacAddress from) {
        attempt.filter(asking -> asking.transaction == message.transaction()
                        && message.clientHardware().equals(link.address()))
                .ifPresent(asking -> asking.receive(message, source, from));
    }

    private void acknowledged(DhcpMessage message, Ipv4Address source, MacAddress from) {
        Optional<Ipv4Address> router = message.address(DhcpMessage.ROUTER);
        events.accept(new Event.LeaseObtained(
                timeline.now(),
                identity.name(),
                message.address(DhcpMessage.SERVER_IDENTIFIER).orElse(source),
                message.yourAddress(),
                router.orElse(Ipv4Address.ANY),
                from));
        use(router, "DHCP acknowledgement from " + from);
        expiry.cancel();
        expiry = timeline.after(
                Duration.ofSeconds(message.leaseTime().orElse(DhcpServer.LEASE_TIME)),
                () -> use(Optional.empty(), "the lease ended"));
    }

    private void use(Optional<Ipv4Address> router, String cause) {
        if (router.equals(routes.router())) {
            return;
        }
        routes.router(router);
        events.accept(new Event.RouterChanged(
                timeline.now(),
                identity.name(),
                "ipv4",
                router.map(Ipv4Address::toString).orElse(""),
                cause));
    }

    /** One transaction. */
    private final class Attempt {
        private final Flow flow;
        private final int transaction;
        private Optional<DhcpMessage> offer = Optional.empty();
        private int sent;
        private int answered;
        private Timer again = () -> {};
        private Timer patience = () -> {};

        Attempt(Flow flow, int transaction) {
            this.flow = flow;
            this.transaction = transaction;
        }

        void start() {
            patience = timeline.after(
                    PATIENCE,
                    () -> finish("no acknowledgement within %d s".formatted(PATIENCE.toSeconds())));
            send();
        }

        private void send() {
            sent++;
            again = timeline.after(RETRANSMIT, this::send);
            port.ask(offer.map(this::request).orElseGet(this::discover));
        }

        private DhcpMessage discover() {
            return message(DhcpMessage.Type.DISCOVER, options());
        }

        private DhcpMessage request(DhcpMessage offered) {
            Map<Integer, byte[]> options = options();
            options.put(DhcpMessage.REQUESTED_ADDRESS, DhcpMessage.value(offered.yourAddress()));
            options.put(
                    DhcpMessage.SERVER_IDENTIFIER,
                    offered.options().get(DhcpMessage.SERVER_IDENTIFIER));
            return message(DhcpMessage.Type.REQUEST, options);
        }

        private DhcpMessage message(DhcpMessage.Type type, Map<Integer, byte[]> options) {
            return new DhcpMessage(
                    type,
                    transaction,
                    false,
                    Ipv4Address.ANY,
                    Ipv4Address.ANY,
                    link.address(),
                    options);
        }

        /** The identifier, of type 0 (RFC 2132 section 9.14), names the flow. */
        private Map<Integer, byte[]> options() {
            byte[] text = FlowText.bytes("\0" + FlowText.numbered(flow.id(), "lease", 1));
            Map<Integer, byte[]> options = new TreeMap<>();
            options.put(DhcpMessage.CLIENT_IDENTIFIER, text);
            options.put(DhcpMessage.PARAMETER_REQUEST, new byte[] {
                DhcpMessage.SUBNET_MASK, DhcpMessage.ROUTER, DhcpMessage.LEASE_TIME
            });
            return options;
        }

        void receive(DhcpMessage message, Ipv4Address source, MacAddress from) {
            switch (message.type()) {
                case OFFER -> offered(message);
                case ACK -> {
                    if (offer.isPresent()) {
                        answered++;
                        acknowledged(message, source, from);
                        finish("");
                    }
                }
                case NAK -> {
                    if (offer.isPresent()) {
                        offer = Optional.empty();
                        again.cancel();
                        again = timeline.after(RETRANSMIT, this::send);
                    }
                }
                case DISCOVER, REQUEST, DECLINE, RELEASE, INFORM -> {}
            }
        }

        private void offered(DhcpMessage message) {
            boolean taken = offer.isEmpty()
                    && message.address(DhcpMessage.SERVER_IDENTIFIER).isPresent();
            if (taken) {
                answered++;
                offer = Optional.of(message);
                again.cancel();
                send();
            }
        }

        void finish(String problem) {
            again.cancel();
            patience.cancel();
            attempt = Optional.empty();
            flow.finish(sent, answered, problem);
        }
    }
}
