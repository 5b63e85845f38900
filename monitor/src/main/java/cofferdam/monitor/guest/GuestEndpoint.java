package cofferdam.monitor.guest;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.guest.tcp.TcpSockets;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The programs of an ordinary user on an emulated guest. */
final class GuestEndpoint implements Endpoint {

    /**
     * How long a program waits for IPv6 to be configured before it gives up, as services do that
     * start when the network is up.
     */
    static final Duration CONFIGURATION = Duration.ofSeconds(10);

    /** What sends probes over IPv4. */
    @FunctionalInterface
    interface Prober {
        /** Opens a way to the echo service of another machine. */
        EchoExchange.Transport open(Ipv4Address peer, EchoExchange.Listener listener);
    }

    private final String name;
    private final Timeline timeline;
    private final Consumer<Event> events;
    private final Ipv4Routes routes;
    private final DhcpClient dhcp;
    private final IcmpService icmp;
    private final Prober prober;
    private final TcpSockets tcp;
    private final Optional<Ipv6Stack> ipv6;

    GuestEndpoint(
            String name,
            Timeline timeline,
            Consumer<Event> events,
            Ipv4Routes routes,
            DhcpClient dhcp,
            IcmpService icmp,
            Prober prober,
            TcpSockets tcp,
            Optional<Ipv6Stack> ipv6) {
        this.name = name;
        this.timeline = timeline;
        this.events = events;
        this.routes = routes;
        this.dhcp = dhcp;
        this.icmp = icmp;
        this.prober = prober;
        this.tcp = tcp;
        this.ipv6 = ipv6;
    }

    @Override
    public Operation ping(Machine to, Way way, FlowId flow, int count, Duration interval) {
        return exchange(
                way,
                new EchoExchange(
                        timeline,
                        flow(to, FlowKind.PING, flow),
                        count,
                        interval,
                        switch (way) {
                            case IPV4, ROUTED_IPV4 ->
                                listener -> icmp.open(ipv4Address(to, way), listener);
                            case IPV6, ROUTED_IPV6 ->
                                listener -> stack().echo().ping(ipv6Address(to, way), listener);
                        }),
                to);
    }

    @Override
    public Operation probe(Machine to, Way way, FlowId flow, int count, Duration interval) {
        return exchange(
                way,
                new EchoExchange(
                        timeline,
                        flow(to, FlowKind.PROBE, flow),
                        count,
                        interval,
                        switch (way) {
                            case IPV4, ROUTED_IPV4 ->
                                listener -> prober.open(ipv4Address(to, way), listener);
                            case IPV6, ROUTED_IPV6 ->
                                listener -> stack().echo().probe(ipv6Address(to, way), listener);
                        }),
                to);
    }

    private Operation exchange(Way way, EchoExchange exchange, Machine to) {
        switch (way) {
            case IPV4 -> exchange.start();
            case ROUTED_IPV4 ->
                exchange.start(() -> routes.router().isPresent() ? "" : "no route", Duration.ZERO);
            case IPV6, ROUTED_IPV6 ->
                exchange.start(() -> stack().obstacle(ipv6Address(to, way)), CONFIGURATION);
        }
        return exchange;
    }

    private Ipv6Stack stack() {
        return ipv6.orElseThrow(
                () -> new IllegalStateException("%s does not speak IPv6".formatted(name)));
    }

    private static Ipv4Address ipv4Address(Machine to, Way way) {
        return way == Way.ROUTED_IPV4 ? NetworkSetup.REMOTE_IPV4 : to.address();
    }

    private static Ipv6Address ipv6Address(Machine to, Way way) {
        return way == Way.ROUTED_IPV6
                ? NetworkSetup.REMOTE_IPV6
                : Ipv6Address.eui64(NetworkSetup.IPV6_PREFIX, to.mac());
    }

    @Override
    public Operation login(Machine to, FlowId flow) {
        LoginOperation login = new LoginOperation(timeline, flow(to, FlowKind.LOGIN, flow));
        login.start(tcp, to.address(), to.name());
        return login;
    }

    @Override
    public Operation lease(Machine server, FlowId flow) {
        return dhcp.lease(flow(server, FlowKind.LEASE, flow));
    }

    private Flow flow(Machine to, FlowKind kind, FlowId id) {
        return new Flow(timeline, events, name, to.name(), kind, id);
    }
}
