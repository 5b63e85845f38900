package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;

import java.util.Arrays;

/**
 * An IPv4 packet (RFC 791) as the same packet is recognised at another place: by source, target,
 * identification, protocol and the bytes after the header. What forwarders change (time to live,
 * header checksum) and the frame's padding do not count.
 */
public final class Ipv4Content implements Content {

    private final Ipv4Address source;
    private final Ipv4Address target;
    private final int identification;
    private final int protocol;
    private final byte[] frame;
    private final int start;
    private final int end;
    private final int hash;

    /**
     * The bytes from {@code start} to {@code end} of {@code frame} are those after the header; not
     * copied.
     */
    Ipv4Content(Header header, byte[] frame, int start, int end) {
        source = header.source();
        target = header.target();
        identification = header.identification();
        protocol = header.protocol();
        this.frame = frame;
        this.start = start;
        this.end = end;
        hash = hashed();
    }

    /** The fields of the header that count. */
    record Header(Ipv4Address source, Ipv4Address target, int identification, int protocol) {}

    private int hashed() {
        int sum = source.value();
        sum = 31 * sum + target.value();
        sum = 31 * sum + identification;
        sum = 31 * sum + protocol;
        for (int i = start; i < end; i++) {
            sum = 31 * sum + frame[i];
        }
        return sum;
    }

    /** Whether it goes from one of these addresses to the other, in this direction. */
    public boolean goes(Ipv4Address from, Ipv4Address to) {
        return source.value() == from.value() && target.value() == to.value();
    }

    /** Whether these bytes occur after the header. */
    public boolean contains(byte[] text) {
        for (int at = start; at <= end - text.length; at++) {
            if (Arrays.equals(frame, at, at + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4Content that
                && hash == that.hash
                && source.equals(that.source)
                && target.equals(that.target)
                && identification == that.identification
                && protocol == that.protocol
                && Arrays.equals(frame, start, end, that.frame, that.start, that.end);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
