package cofferdam.analysis.inspect;

/**
 * What two parties said to each other with one protocol.
 *
 * @param protocol such as {@code TCP}, {@code ARP} or {@code Ethernet 0x88cc}
 * @param one who spoke first
 * @param frames how many {@code one} sent
 * @param bytes how long they were together
 * @param framesBack how many {@code other} sent
 * @param bytesBack how long they were together
 * @param first the first frame's time, in nanoseconds since 1970-01-01T00:00:00Z
 * @param last the last frame's
 */
public record Conversation(
        String protocol,
        Party one,
        Party other,
        int frames,
        long bytes,
        int framesBack,
        long bytesBack,
        long first,
        long last) {

    static Conversation begun(String protocol, Party from, Party to, long length, long time) {
        return new Conversation(protocol, from, to, 1, length, 0, 0, time, time);
    }

    Conversation with(Party from, long length, long time) {
        boolean forth = from.equals(one);
        return new Conversation(
                protocol,
                one,
                other,
                frames + (forth ? 1 : 0),
                bytes + (forth ? length : 0),
                framesBack + (forth ? 0 : 1),
                bytesBack + (forth ? 0 : length),
                Math.min(first, time),
                Math.max(last, time));
    }
}
