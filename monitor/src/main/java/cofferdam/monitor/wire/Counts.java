package cofferdam.monitor.wire;

import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.packet.Ethernet;

import org.jspecify.annotations.Nullable;

/** The receiver of a wire and its counters. Used on the thread of the loop alone. */
final class Counts {

    private @Nullable FrameSink receiver;
    private long in;
    private long out;
    private long overrun;
    private long unattached;
    private long malformed;

    void attach(FrameSink sink) {
        receiver = sink;
    }

    /** Gives a frame that came in to the receiver, or counts why not. */
    void deliver(byte[] frame) {
        if (!isWellFormed(frame.length)) {
            malformed++;
            return;
        }
        if (receiver == null) {
            unattached++;
            return;
        }
        in++;
        receiver.accept(frame, 0, frame.length);
    }

    void linkUp() {
        if (receiver != null) {
            receiver.linkUp();
        }
    }

    void linkDown() {
        if (receiver != null) {
            receiver.linkDown();
        }
    }

    /** Whether a frame of that length may go out; counts it if not. */
    boolean mayLeave(int length) {
        if (!isWellFormed(length)) {
            malformed++;
            return false;
        }
        return true;
    }

    void written(long frames) {
        out += frames;
    }

    void overrun(long frames) {
        overrun += frames;
    }

    void unattached(long frames) {
        unattached += frames;
    }

    void malformed(long frames) {
        malformed += frames;
    }

    /** Counts a frame by the result of the system call that sent it. */
    void sent(long result) {
        if (result >= 0) {
            out++;
            return;
        }
        switch ((int) result) {
            case SystemCalls.WOULD_BLOCK, SystemCalls.NO_BUFFERS -> overrun++;
            case SystemCalls.INVALID, SystemCalls.TOO_LONG -> malformed++;
            default -> unattached++;
        }
    }

    WireCounters counters() {
        return new WireCounters(in, out, overrun, unattached, malformed);
    }

    private static boolean isWellFormed(int length) {
        return length >= Ethernet.HEADER_BYTES && length <= FrameWire.MAXIMUM_FRAME;
    }
}
