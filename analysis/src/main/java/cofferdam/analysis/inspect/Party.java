package cofferdam.analysis.inspect;

import java.util.Comparator;

/**
 * One end of a conversation.
 *
 * @param hardware its Ethernet address
 * @param address its IPv4 or IPv6 address, or empty where the frames have none
 * @param port its UDP or TCP port, or {@link #NO_PORT}
 */
public record Party(String hardware, String address, int port) implements Comparable<Party> {

    /** Where the protocol has no ports. */
    public static final int NO_PORT = -1;

    private static final Comparator<Party> ORDER = Comparator.comparing(Party::hardware)
            .thenComparing(Party::address)
            .thenComparingInt(Party::port);

    @Override
    public int compareTo(Party other) {
        return ORDER.compare(this, other);
    }
}
