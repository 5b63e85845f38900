package cofferdam.monitor.address;

/**
 * An IPv4 address (RFC 791), 4 bytes.
 *
 * @param value the address, first byte on the wire in the highest 8 bits
 */
public record Ipv4Address(int value) implements Comparable<Ipv4Address> {

    /** Bytes of an address on the wire. */
    public static final int BYTES = 4;

    /** {@code 0.0.0.0}, the unspecified address. */
    public static final Ipv4Address ANY = new Ipv4Address(0);

    /**
     * Reads dotted-decimal text: four numbers from 0 to 255, without leading zeros.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != BYTES) {
            throw malformed(text);
        }
        int value = 0;
        for (String part : parts) {
            value = (value << 8) | octet(part, text);
        }
        return new Ipv4Address(value);
    }

    private static int octet(String part, String text) {
        boolean digits = !part.isEmpty()
                && part.length() <= 3
                && part.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits
                || (part.length() > 1 && part.startsWith("0"))
                || Integer.parseInt(part) > 255) {
            throw malformed(text);
        }
        return Integer.parseInt(part);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'%s' is not an IPv4 address such as 10.0.0.1".formatted(text));
    }

    /** Reads the 4 bytes at {@code offset}. */
    public static Ipv4Address read(byte[] bytes, int offset) {
        return new Ipv4Address(((bytes[offset] & 0xff) << 24)
                | ((bytes[offset + 1] & 0xff) << 16)
                | ((bytes[offset + 2] & 0xff) << 8)
                | (bytes[offset + 3] & 0xff));
    }

    /** Writes the 4 bytes at {@code offset}. */
    public void write(byte[] bytes, int offset) {
        for (int i = 0; i < BYTES; i++) {
            bytes[offset + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%d.%d.%d.%d"
                .formatted(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
    }
}
