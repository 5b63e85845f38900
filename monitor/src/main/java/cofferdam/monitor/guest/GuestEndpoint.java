package cofferdam.monitor.guest;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.guest.tcp.TcpSockets;

import java.time.Duration;
import java.util.function.Consumer;

/** The programs of an ordinary user on an emulated guest. */
final class GuestEndpoint implements Endpoint {

    private final String name;
    private final Timeline timeline;
    private final Consumer<Event> events;
    private final IcmpService icmp;
    private final UdpService udp;
    private final TcpSockets tcp;

    GuestEndpoint(
            String name,
            Timeline timeline,
            Consumer<Event> events,
            IcmpService icmp,
            UdpService udp,
            TcpSockets tcp) {
        this.name = name;
        this.timeline = timeline;
        this.events = events;
        this.icmp = icmp;
        this.udp = udp;
        this.tcp = tcp;
    }

    @Override
    public Operation ping(Machine to, Way way, FlowId flow, int count, Duration interval) {
        EchoExchange exchange = new EchoExchange(
                timeline,
                flow(to, FlowKind.PING, flow),
                count,
                interval,
                listener -> icmp.open(to.address(), listener));
        exchange.start();
        return exchange;
    }

    @Override
    public Operation probe(Machine to, Way way, FlowId flow, int count, Duration interval) {
        EchoExchange exchange = new EchoExchange(
                timeline,
                flow(to, FlowKind.PROBE, flow),
                count,
                interval,
                listener -> udp.open(to.address(), listener));
        exchange.start();
        return exchange;
    }

    @Override
    public Operation login(Machine to, FlowId flow) {
        LoginOperation login = new LoginOperation(timeline, flow(to, FlowKind.LOGIN, flow));
        login.start(tcp, to.address(), to.name());
        return login;
    }

    @Override
    public Operation lease(Machine server, FlowId flow) {
        throw new UnsupportedOperationException("no DHCP client yet");
    }

    private Flow flow(Machine to, FlowKind kind, FlowId id) {
        return new Flow(timeline, events, name, to.name(), kind, id);
    }
}
