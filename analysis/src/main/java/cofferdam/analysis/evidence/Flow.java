package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.FlowKind;

import java.nio.charset.StandardCharsets;

/**
 * A legitimate exchange that ended.
 *
 * @param id the text by which its packets are recognised
 * @param from the machine that began it
 * @param started nanoseconds since 1970-01-01T00:00:00Z; the end's where no beginning was recorded
 */
public record Flow(
        String id,
        FlowKind kind,
        String from,
        String to,
        long started,
        long finished,
        boolean completed) {

    /** Whether this machine is a party. */
    public boolean involves(String machine) {
        return from.equals(machine) || to.equals(machine);
    }

    /** The party that is not this one. */
    public String peerOf(String machine) {
        return from.equals(machine) ? to : from;
    }

    /** Whether the exchange was under way at this time. */
    public boolean lasts(long time) {
        return started <= time && time <= finished;
    }

    /**
     * Whether a packet in this direction is of the exchange, as far as it can tell: it names the
     * exchange, or it is an echo and so is the exchange. The echoes of real machines carry nothing of
     * their user's.
     */
    boolean has(PacketContent packet, Pair direction) {
        return packet.contains(text())
                || (kind == FlowKind.PING
                        && packet.isEcho()
                        && packet.goes(direction.one(), direction.other()));
    }

    /** The id as it stands in packets. */
    public byte[] text() {
        return id.getBytes(StandardCharsets.US_ASCII);
    }
}
