package cofferdam.monitor.net;

import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.VantageCapture;

import java.util.function.LongSupplier;

/**
 * Captures what passes one way and hands it on unchanged.
 *
 * @param interfaceNumber of the capture
 * @param clock nanoseconds since 1970-01-01T00:00:00Z
 */
public record WireTap(
        VantageCapture capture,
        int interfaceNumber,
        Direction direction,
        LongSupplier clock,
        FrameSink next)
        implements FrameSink {

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        capture.frame(interfaceNumber, clock.getAsLong(), direction, buffer, offset, length);
        next.accept(buffer, offset, length);
    }

    @Override
    public void linkDown() {
        next.linkDown();
    }

    @Override
    public void linkUp() {
        next.linkUp();
    }
}
