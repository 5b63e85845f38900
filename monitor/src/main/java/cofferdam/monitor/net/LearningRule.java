package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Forwarding by what was learned from source addresses (IEEE Std 802.1Q, clause 8.7); groups flood.
 */
final class LearningRule implements ForwardingRule {

    private final Segment segment;
    private final MacTable table;
    private final Unknown unknown;
    private final LongSupplier clock;
    private final DropCounter dropped;

    LearningRule(
            Segment segment,
            MacTable table,
            Unknown unknown,
            LongSupplier clock,
            DropCounter dropped) {
        this.segment = segment;
        this.table = table;
        this.unknown = unknown;
        this.clock = clock;
        this.dropped = dropped;
    }

    @Override
    public boolean learn(FabricPort ingress, long source) {
        if (table.learn(source, ingress.number(), clock.getAsLong())) {
            return true;
        }
        dropped.count(ingress.name(), "mac-table");
        return false;
    }

    @Override
    public long destinations(FabricPort ingress, long destination) {
        if (FrameHeader.isGroup(destination)) {
            return segment.attached();
        }
        int port = table.port(destination, clock.getAsLong());
        return port == MacTable.UNKNOWN ? unknown.destinations(ingress) : 1L << port;
    }

    @Override
    public List<LearnedAddress> learned() {
        List<LearnedAddress> known = new ArrayList<>();
        table.forEachKnown(
                clock.getAsLong(),
                (address, port, age) -> known.add(new LearnedAddress(
                        new MacAddress(address),
                        segment.port(port).name(),
                        Duration.ofNanos(age))));
        known.sort(Comparator.comparing(LearnedAddress::address));
        return known;
    }

    @Override
    public void linkDown(FabricPort port) {
        table.forgetPort(port.number());
    }
}
