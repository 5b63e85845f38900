package cofferdam.monitor.guest.load;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A machine's programs that send to the discard service (RFC 863) of another, and that have another
 * send to them. The latter keep so many requests open at once; one is over when its last datagram
 * has come, or when it was waited for in vain. So they ask for less when less gets through, as a receiver of a
 * stream does, and not for as much as they could.
 */
public final class FloodPrograms {

    /** The port of the discard service. */
    public static final int DISCARD_PORT = 9;

    /** The requests for datagrams that are open at once. */
    static final int MAXIMUM_OPEN = 512;

    /** The datagrams that one request asks for. */
    static final int DATAGRAMS = 1;

    /** When a request is given up at the earliest. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** So much later at the most: requests that were made together are not given up together. */
    static final Duration SPREAD = Duration.ofSeconds(1);

    /** Spreads numbers that follow each other evenly (the golden ratio, in thousandths). */
    private static final int STRIDE = 618;

    private static final int PARTS = 1000;

    /** The least and the most bytes of data of a datagram to the discard service. */
    public static final int MINIMUM_BYTES = 24;

    public static final int MAXIMUM_BYTES = 1472;

    private static final String TEXT = "cofferdam discard";

    private final Datagrams datagrams;
    private final Timeline timeline;
    private final Map<Ipv4Address, Datagrams.Socket> sinks = new LinkedHashMap<>();
    private final Map<Ipv4Address, Datagrams.Socket> sources = new LinkedHashMap<>();
    private final Map<Integer, Timeline.Timer> open = new HashMap<>();
    private int sent;
    private int asked;

    /** Programs that have not begun. */
    public FloodPrograms(Datagrams datagrams, Timeline timeline) {
        this.datagrams = datagrams;
        this.timeline = timeline;
    }

    /**
     * Sends a datagram to a machine's discard service.
     *
     * @param bytes of data, from {@link #MINIMUM_BYTES} to {@link #MAXIMUM_BYTES}
     * @throws IllegalArgumentException if they are others
     */
    public void discard(Ipv4Address target, int bytes) {
        if (bytes < MINIMUM_BYTES || bytes > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("%d bytes are not between %d and %d"
                    .formatted(bytes, MINIMUM_BYTES, MAXIMUM_BYTES));
        }
        byte[] text = NumberedText.of(TEXT, sent);
        sent = (sent + 1) % NumberedText.MAXIMUM;
        sinks.computeIfAbsent(target, address -> datagrams.open(address, DISCARD_PORT, data -> {}))
                .send(NumberedText.filled(text, bytes));
    }

    /**
     * Asks a machine for datagrams, if not too many requests are open.
     *
     * @return whether it asked
     */
    public boolean ask(Ipv4Address target) {
        if (open.size() >= MAXIMUM_OPEN) {
            return false;
        }
        int number = asked;
        asked = (asked + 1) % NumberedText.MAXIMUM;
        open.put(number, timeline.after(patience(number), () -> open.remove(number)));
        sources.computeIfAbsent(
                        target,
                        address -> datagrams.open(address, CharacterService.PORT, this::received))
                .send(CharacterService.request(number, DATAGRAMS));
        return true;
    }

    private static Duration patience(int number) {
        long part = (long) number * STRIDE % PARTS;
        return PATIENCE.plus(SPREAD.multipliedBy(part).dividedBy(PARTS));
    }

    private void received(byte[] data) {
        Timeline.Timer patience = open.remove(NumberedText.number(CharacterService.LAST, data));
        if (patience != null) {
            patience.cancel();
        }
    }
}
