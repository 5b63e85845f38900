package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A switch or hub of up to 64 ports. A frame that comes in passes the filters of its port, is
 * learned from, passes the filters after learning, and goes to the ports that the forwarding rule
 * names and to those in granted promiscuous mode, but for the ones that filters of outgoing frames
 * keep it from. It never goes back to the port that it came from.
 */
public final class Fabric implements Bridge {

    private final Segment segment;
    private final ForwardingRule rule;
    private final PortPolicy guestPolicy;
    private final EgressFilter[] egress;
    private final @Nullable RateLimit limit;
    private final DropCounter dropped;
    private final FrameSink[] cables = new FrameSink[Segment.MAXIMUM_PORTS];

    Fabric(
            Segment segment,
            ForwardingRule rule,
            PortPolicy guestPolicy,
            List<EgressFilter> egress,
            @Nullable RateLimit limit,
            DropCounter dropped) {
        this.segment = segment;
        this.rule = rule;
        this.guestPolicy = guestPolicy;
        this.egress = egress.toArray(EgressFilter[]::new);
        this.limit = limit;
        this.dropped = dropped;
    }

    @Override
    public FabricPort attachGuest(String name, MacAddress configured, FrameSink cable) {
        return add(FabricPort.guest(this, name, configured, cable));
    }

    /**
     * Adds the port of a machine that runs the fabric, such as the host's operating system: no
     * filter works on it, and it gets promiscuous mode in full.
     *
     * @param name the machine
     * @param configured the address that its interface was configured with
     * @param cable takes what leaves the fabric by this port
     * @throws IllegalStateException if there are 64 ports already
     */
    public FabricPort attachTrusted(String name, MacAddress configured, FrameSink cable) {
        return add(FabricPort.trusted(this, name, configured, cable));
    }

    /**
     * Adds a port behind which there may be any station, as another switch; no filter works on it.
     *
     * @param name the name for drops
     * @param cable takes what leaves the fabric by this port
     * @throws IllegalStateException if there are 64 ports already
     */
    public FabricPort attachUplink(String name, FrameSink cable) {
        return add(FabricPort.uplink(this, name, cable));
    }

    @Override
    public FabricPort attachComputer(String name, FrameSink cable) {
        return attachUplink(name, cable);
    }

    @Override
    public FabricPort attachTrunk(String name, FrameSink cable) {
        return attachUplink(name, cable);
    }

    @Override
    public List<LearnedAddress> learned() {
        return rule.learned();
    }

    int nextNumber() {
        return segment.nextNumber();
    }

    ForwardingRule rule() {
        return rule;
    }

    PortPolicy guestPolicy() {
        return guestPolicy;
    }

    /** Takes a frame in; one without a whole Ethernet header is lost. */
    void receive(FabricPort ingress, byte[] buffer, int offset, int length) {
        ForwardingRule rule = ingress.rule();
        if (length >= Ethernet.HEADER_BYTES
                && passes(ingress.beforeLearning(), ingress, buffer, offset, length)
                && rule.learn(ingress, FrameHeader.source(buffer, offset))
                && passes(ingress.afterLearning(), ingress, buffer, offset, length)) {
            forward(ingress, rule, buffer, offset, length);
        }
    }

    /** Takes a tagged frame in, which goes on without its first tag. */
    void receiveTagged(FabricPort ingress, byte[] buffer, int offset, int length) {
        ForwardingRule rule = ingress.rule();
        if (passes(ingress.beforeLearning(), ingress, buffer, offset, length)
                && rule.learn(ingress, FrameHeader.source(buffer, offset))
                && passes(ingress.afterLearning(), ingress, buffer, offset, length)) {
            byte[] stripped = Tags.stripped(buffer, offset, length);
            forward(ingress, rule, stripped, 0, stripped.length);
        }
    }

    void linkDown(FabricPort port) {
        rule.linkDown(port);
        for (IngressFilter filter : port.beforeLearning()) {
            filter.linkDown(port);
        }
        for (IngressFilter filter : port.afterLearning()) {
            filter.linkDown(port);
        }
    }

    void linkUp(FabricPort port) {
        for (IngressFilter filter : port.beforeLearning()) {
            filter.linkUp(port);
        }
        for (IngressFilter filter : port.afterLearning()) {
            filter.linkUp(port);
        }
    }

    void portChanged() {
        segment.refresh();
    }

    private FabricPort add(FabricPort port) {
        segment.add(port);
        cables[port.number()] = port.cable();
        linkUp(port);
        return port;
    }

    private void forward(
            FabricPort ingress, ForwardingRule rule, byte[] buffer, int offset, int length) {
        long named = rule.destinations(ingress, FrameHeader.destination(buffer, offset));
        long others = (named | segment.copied()) & ~ingress.bit();
        long allowed = allowed(ingress, others);
        deliver(limit == null ? allowed : inTime(limit, allowed, length), buffer, offset, length);
    }

    private boolean passes(
            IngressFilter[] filters, FabricPort ingress, byte[] buffer, int offset, int length) {
        for (IngressFilter filter : filters) {
            if (!filter.passes(ingress, buffer, offset, length)) {
                dropped.count(ingress.name(), filter.name());
                return false;
            }
        }
        return true;
    }

    private long allowed(FabricPort ingress, long destinations) {
        long remaining = destinations;
        for (EgressFilter filter : egress) {
            long allowed = filter.allowed().applyAsLong(ingress);
            countEach(remaining & ~allowed, filter.name());
            remaining &= allowed;
        }
        return remaining;
    }

    private long inTime(RateLimit limit, long destinations, int length) {
        long remaining = destinations;
        for (long rest = destinations; rest != 0; rest &= rest - 1) {
            FabricPort port = segment.port(Long.numberOfTrailingZeros(rest));
            if (!limit.passesTo(port, length)) {
                dropped.count(port.name(), RateLimit.NAME);
                remaining &= ~port.bit();
            }
        }
        return remaining;
    }

    private void countEach(long refused, String filter) {
        for (long rest = refused; rest != 0; rest &= rest - 1) {
            dropped.count(segment.port(Long.numberOfTrailingZeros(rest)).name(), filter);
        }
    }

    private void deliver(long destinations, byte[] buffer, int offset, int length) {
        for (long rest = destinations; rest != 0; rest &= rest - 1) {
            cables[Long.numberOfTrailingZeros(rest)].accept(buffer, offset, length);
        }
    }
}
