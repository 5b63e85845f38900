package cofferdam.monitor.address;

import java.util.regex.Pattern;

/**
 * An EUI-48 address (IEEE Std 802-2014, section 8), 6 bytes.
 *
 * @param value the address in the low 48 bits, first byte on the wire in the highest of them
 */
public record MacAddress(long value) implements Comparable<MacAddress> {

    /** Bytes of an address on the wire. */
    public static final int BYTES = 6;

    /** The address that every station accepts. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final long MAX = 0xffff_ffff_ffffL;
    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    public MacAddress {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException(
                    "MAC address %x has more than 48 bits".formatted(value));
        }
    }

    /**
     * Reads the usual text form, six pairs of hexadecimal digits separated by colons.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a MAC address such as 02:00:00:00:00:01".formatted(text));
        }
        return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
    }

    /** Reads the 6 bytes at {@code offset}. */
    public static MacAddress read(byte[] bytes, int offset) {
        return new MacAddress(valueAt(bytes, offset));
    }

    /** The 48-bit value of the 6 bytes at {@code offset}, for paths that must not allocate. */
    public static long valueAt(byte[] bytes, int offset) {
        return ((bytes[offset] & 0xffL) << 40)
                | ((bytes[offset + 1] & 0xffL) << 32)
                | ((bytes[offset + 2] & 0xffL) << 24)
                | ((bytes[offset + 3] & 0xffL) << 16)
                | ((bytes[offset + 4] & 0xffL) << 8)
                | (bytes[offset + 5] & 0xffL);
    }

    /** Writes the 6 bytes at {@code offset}. */
    public void write(byte[] bytes, int offset) {
        for (int i = 0; i < BYTES; i++) {
            bytes[offset + i] = (byte) (value >>> (40 - 8 * i));
        }
    }

    /** Whether the group bit is set: multicast or broadcast. */
    public boolean isGroup() {
        return ((value >>> 40) & 1) != 0;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        String hex = "%012x".formatted(value);
        StringBuilder text = new StringBuilder(17);
        for (int i = 0; i < 12; i += 2) {
            text.append(i == 0 ? "" : ":").append(hex, i, i + 2);
        }
        return text.toString();
    }
}
