package cofferdam.monitor.net;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Forwarding without learning: a frame goes to every port that a given function names for its
 * destination; groups flood. A function that names none makes a hub, or whatever the rule for
 * unknown destinations makes of it.
 */
final class StaticRule implements ForwardingRule {

    private final Segment segment;
    private final LongUnaryOperator owners;
    private final Unknown unknown;

    /** @param owners from a 48-bit address to the ports that have it, as a bit mask */
    StaticRule(Segment segment, LongUnaryOperator owners, Unknown unknown) {
        this.segment = segment;
        this.owners = owners;
        this.unknown = unknown;
    }

    @Override
    public boolean learn(FabricPort ingress, long source) {
        return true;
    }

    @Override
    public long destinations(FabricPort ingress, long destination) {
        if (FrameHeader.isGroup(destination)) {
            return segment.attached();
        }
        long ports = owners.applyAsLong(destination);
        return ports == 0 ? unknown.destinations(ingress) : ports;
    }

    @Override
    public List<LearnedAddress> learned() {
        return List.of();
    }

    @Override
    public void linkDown(FabricPort port) {
        // Configuration outlives the link.
    }
}
