package cofferdam.monitor.guest.tcp;

/** How a connection came to its end. */
public enum TcpEnd {
    /** Both sides have finished, and each knows it of the other. */
    CLOSED("connection closed"),
    /** This side gave it up. */
    ABORTED("connection aborted"),
    /** The peer has no such service. */
    REFUSED("connection refused"),
    /** The peer, or somebody in its name, gave it up. */
    RESET("connection reset"),
    /** Too many retransmissions were not answered. */
    TIMED_OUT("connection timed out"),
    /** No machine answers for the peer's address on the segment. */
    UNREACHABLE("host unreachable"),
    /** This machine has as many connections as it may have. */
    EXHAUSTED("too many connections");

    private final String text;

    TcpEnd(String text) {
        this.text = text;
    }

    /** The end in words, as an operating system tells it. */
    public String text() {
        return text;
    }
}
