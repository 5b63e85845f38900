package cofferdam.monitor.emulated;

import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.net.Nic;
import cofferdam.monitor.net.WireTap;

import java.util.function.LongSupplier;

/**
 * Where an outsider's frames pass. They are captured under the port's name, in the directions in
 * which the outsider sees them.
 */
final class OutsideEnd {

    private static final FrameSink NOBODY = (buffer, offset, length) -> {};

    private final OutsidePort port;
    private final Evidence evidence;
    private final LongSupplier clock;
    private final VantageCapture capture;
    private final int number;
    private FrameSink wire = NOBODY;
    private FrameSink inward = NOBODY;
    private Nic.Control control = Nic.Control.PHYSICAL;
    private boolean promiscuous;

    /** @param clock nanoseconds since 1970-01-01T00:00:00Z */
    OutsideEnd(OutsidePort port, Evidence evidence, LongSupplier clock) {
        this.port = port;
        this.evidence = evidence;
        this.clock = clock;
        capture = evidence.capture(port.name());
        number = capture.addInterface("wire", "a machine outside this process", port.mac());
    }

    OutsidePort port() {
        return port;
    }

    boolean isPromiscuous() {
        return promiscuous;
    }

    /** Takes what leaves the fabric by this port. */
    FrameSink outward() {
        return (buffer, offset, length) -> {
            capture.frame(number, clock.getAsLong(), Direction.INBOUND, buffer, offset, length);
            wire.accept(buffer, offset, length);
        };
    }

    /**
     * What comes from the wire goes to that port.
     *
     * @param control what the port is told of the interface behind it
     */
    void attach(FrameSink fabricPort, Nic.Control control) {
        inward = new WireTap(capture, number, Direction.OUTBOUND, clock, fabricPort);
        this.control = control;
    }

    /**
     * What leaves by this port goes to the wire.
     *
     * @return takes what comes in by the wire
     */
    FrameSink connect(FrameSink wire) {
        this.wire = wire;
        return inward;
    }

    /** The interface behind the port asks for promiscuous mode, or for its end. */
    void promiscuous(boolean on) {
        if (on == promiscuous) {
            return;
        }
        promiscuous = on;
        evidence.record(new Event.PromiscuousChanged(clock.getAsLong(), port.name(), "wire", on));
        control.promiscuous(on);
    }
}
