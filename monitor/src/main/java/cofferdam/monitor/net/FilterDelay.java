package cofferdam.monitor.net;

import java.util.function.LongSupplier;

/** A filter that is not in force for some time after the link of a port came up. */
final class FilterDelay implements IngressFilter {

    private final IngressFilter filter;
    private final long delay;
    private final LongSupplier clock;
    private final long[] inForceFrom = new long[Segment.MAXIMUM_PORTS];

    /**
     * @param delay nanoseconds
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    FilterDelay(IngressFilter filter, long delay, LongSupplier clock) {
        this.filter = filter;
        this.delay = delay;
        this.clock = clock;
    }

    @Override
    public String name() {
        return filter.name();
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
        return clock.getAsLong() < inForceFrom[ingress.number()]
                || filter.passes(ingress, buffer, offset, length);
    }

    @Override
    public void linkDown(FabricPort port) {
        filter.linkDown(port);
    }

    @Override
    public void linkUp(FabricPort port) {
        inForceFrom[port.number()] = clock.getAsLong() + delay;
        filter.linkUp(port);
    }
}
