package cofferdam.analysis.inspect;

/**
 * That an address belongs to a station, said once or several times in a row.
 *
 * @param address the IPv4 or IPv6 address
 * @param hardware the Ethernet address that is said to have it
 * @param by the Ethernet address that the first of these frames came from
 * @param message what said so first, such as {@code ARP reply}
 * @param frame the first frame's number, from 1
 * @param time its time, in nanoseconds since 1970-01-01T00:00:00Z
 * @param times how often it was said before anybody said otherwise
 * @param before the Ethernet address that had it according to the claim before this one, or empty if
 *     this is the first: where there is one, the address has changed hands
 */
public record Claim(
        String address,
        String hardware,
        String by,
        String message,
        int frame,
        long time,
        int times,
        String before) {

    /** Whether an address that another station had is said to be this one's. */
    public boolean isChange() {
        return !before.isEmpty();
    }

    Claim again() {
        return new Claim(address, hardware, by, message, frame, time, times + 1, before);
    }
}
