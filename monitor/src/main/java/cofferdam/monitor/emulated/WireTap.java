package cofferdam.monitor.emulated;

import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.net.FrameSink;

import java.util.function.LongSupplier;

/** Captures what passes one way and hands it on unchanged. */
record WireTap(
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
