package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;

import java.util.Arrays;

/**
 * An IPv4 packet (RFC 791) as the same packet is recognised at another place: by source, target,
 * identification, protocol and the bytes after the header. What forwarders change (time to live,
 * header checksum) and the frame's padding do not count.
 */
public final class Ipv4Content implements IpContent {

    private static final int UDP = 17;
    private static final int PORTS_BYTES = 4;
    private static final int DHCP_SERVER = 67;
    private static final int DHCP_CLIENT = 68;

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

    @Override
    public boolean isFrom(Machine machine) {
        return source.equals(machine.address());
    }

    /** Before it has an address, a machine asks for one by DHCP (RFC 2131 section 4.1). */
    @Override
    public boolean isOwn(Machine machine) {
        return isFrom(machine) || (isUnspecified() && isOfDhcpClient());
    }

    @Override
    public boolean isUnspecified() {
        return source.equals(Ipv4Address.ANY);
    }

    @Override
    public String sourceText() {
        return source.toString();
    }

    private boolean isOfDhcpClient() {
        return protocol == UDP
                && end - start >= PORTS_BYTES
                && port(start) == DHCP_CLIENT
                && port(start + 2) == DHCP_SERVER;
    }

    private int port(int at) {
        return (frame[at] & 0xff) << Byte.SIZE | (frame[at + 1] & 0xff);
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
