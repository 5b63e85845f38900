package cofferdam.attacks.network;

import cofferdam.monitor.RawNic;

import java.util.function.Consumer;

/** Sends frames through an interface until its limit is reached or it is closed. */
final class Transmitter {

    private final RawNic nic;
    private final long limit;
    private final Consumer<String> report;
    private long sent;
    private boolean limitReported;
    private boolean closed;

    /**
     * @param limit how many frames {@link #send} sends in all
     */
    Transmitter(RawNic nic, long limit, Consumer<String> report) {
        this.nic = nic;
        this.limit = limit;
        this.report = report;
    }

    /**
     * Sends the frame and returns true, or does nothing if the limit is reached or the transmitter
     * closed.
     */
    boolean send(byte[] frame) {
        if (closed) {
            return false;
        }
        if (sent >= limit) {
            reportLimit();
            return false;
        }
        sent++;
        nic.send(frame);
        return true;
    }

    /**
     * Sends a frame that puts back what the attack has changed. It does not count towards the
     * limit, so that an attack which has used up its frames can still clean up.
     */
    void putBack(byte[] frame) {
        if (!closed) {
            nic.send(frame);
        }
    }

    /** Whether {@link #send} will send nothing more. */
    boolean exhausted() {
        return closed || sent >= limit;
    }

    /** From now on nothing is sent. */
    void close() {
        closed = true;
    }

    private void reportLimit() {
        if (!limitReported) {
            limitReported = true;
            report.accept("sends no more: the limit of " + limit + " frames is reached");
        }
    }
}
