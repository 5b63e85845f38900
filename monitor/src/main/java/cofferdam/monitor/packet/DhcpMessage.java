package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A DHCP message over UDP (RFC 2131 section 2): a fixed part of 236 bytes, the magic cookie, then
 * options (RFC 2132): code, length, value.
 *
 * @param type what the message is
 * @param transaction 32 bits that join question and answer
 * @param broadcast whether answers should go to everybody
 * @param clientAddress {@code ciaddr}: the address that the client has
 * @param yourAddress {@code yiaddr}: the address that the client is given
 * @param clientHardware {@code chaddr}
 * @param options all but the message type, by code; values of 1 to 255 bytes, not copied
 */
public record DhcpMessage(
        Type type,
        int transaction,
        boolean broadcast,
        Ipv4Address clientAddress,
        Ipv4Address yourAddress,
        MacAddress clientHardware,
        Map<Integer, byte[]> options) {

    public static final int SERVER_PORT = 67;
    public static final int CLIENT_PORT = 68;

    /** Codes of options. */
    public static final int SUBNET_MASK = 1;

    public static final int ROUTER = 3;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_TIME = 51;
    public static final int SERVER_IDENTIFIER = 54;
    public static final int PARAMETER_REQUEST = 55;
    public static final int CLIENT_IDENTIFIER = 61;

    private static final int MESSAGE_TYPE = 53;
    private static final int PAD = 0;
    private static final int END = 255;
    private static final int MAXIMUM_VALUE = 255;
    private static final int COOKIE_AT = 236;
    private static final int COOKIE = 0x63825363;
    private static final int OPTIONS_AT = COOKIE_AT + Integer.BYTES;

    /** The least bytes that a message has, for relays of BOOTP (RFC 1542 section 2.1). */
    private static final int MINIMUM_BYTES = 300;

    private static final int BROADCAST = 0x8000;
    private static final int HARDWARE_AT = 28;

    /** What a message says (RFC 2132 section 9.6). */
    public enum Type {
        DISCOVER(1),
        OFFER(2),
        REQUEST(3),
        DECLINE(4),
        ACK(5),
        NAK(6),
        RELEASE(7),
        INFORM(8);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        /** Whether it comes from a server. */
        public boolean isFromServer() {
            return this == OFFER || this == ACK || this == NAK;
        }

        private static Optional<Type> of(int code) {
            return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
        }
    }

    public DhcpMessage {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        for (Map.Entry<Integer, byte[]> option : options.entrySet()) {
            requireOption(option.getKey(), option.getValue().length);
        }
    }

    private static void requireOption(int code, int length) {
        boolean possible = code > PAD && code < END && code != MESSAGE_TYPE;
        if (!possible || length < 1 || length > MAXIMUM_VALUE) {
            throw new IllegalArgumentException(
                    "DHCP option %d of %d bytes is not possible here".formatted(code, length));
        }
    }

    /**
     * Reads the data of a datagram; empty if it is no DHCP message for Ethernet, or malformed: an
     * option beyond the end, no message type, or one from the wrong side. Of an option that comes
     * more than once, the first counts.
     */
    public static Optional<DhcpMessage> read(byte[] data) {
        boolean sound = data.length >= OPTIONS_AT
                && (data[0] == 1 || data[0] == 2)
                && data[1] == 1
                && data[2] == MacAddress.BYTES
                && Bytes.i32(data, COOKIE_AT) == COOKIE;
        Optional<Map<Integer, byte[]>> options = sound ? options(data) : Optional.empty();
        return options.flatMap(found -> read(data, found));
    }

    private static Optional<DhcpMessage> read(byte[] data, Map<Integer, byte[]> options) {
        byte[] code = options.remove(MESSAGE_TYPE);
        if (code == null || code.length != 1) {
            return Optional.empty();
        }
        boolean reply = data[0] == 2;
        return Type.of(code[0] & 0xff)
                .filter(type -> type.isFromServer() == reply)
                .map(type -> new DhcpMessage(
                        type,
                        Bytes.i32(data, 4),
                        (Bytes.u16(data, 10) & BROADCAST) != 0,
                        Ipv4Address.read(data, 12),
                        Ipv4Address.read(data, 16),
                        MacAddress.read(data, HARDWARE_AT),
                        options));
    }

    private static Optional<Map<Integer, byte[]>> options(byte[] data) {
        Map<Integer, byte[]> options = new TreeMap<>();
        int at = OPTIONS_AT;
        while (at < data.length && Bytes.u8(data, at) != END) {
            int code = Bytes.u8(data, at);
            at++;
            if (code == PAD) {
                continue;
            }
            int length = at < data.length ? Bytes.u8(data, at) : MAXIMUM_VALUE;
            int end = at + 1 + length;
            if (length == 0 || end > data.length) {
                return Optional.empty();
            }
            options.putIfAbsent(code, Arrays.copyOfRange(data, at + 1, end));
            at = end;
        }
        return Optional.of(options);
    }

    /** The value of an option that holds an address, or a list of them, of which the first counts. */
    public Optional<Ipv4Address> address(int code) {
        byte[] value = options.get(code);
        return value == null || value.length < Ipv4Address.BYTES
                ? Optional.empty()
                : Optional.of(Ipv4Address.read(value, 0));
    }

    /** How long the lease lasts, in seconds, where the message says it. */
    public OptionalLong leaseTime() {
        byte[] value = options.get(LEASE_TIME);
        return value == null || value.length != Integer.BYTES
                ? OptionalLong.empty()
                : OptionalLong.of(Bytes.i32(value, 0) & 0xffff_ffffL);
    }

    /** The value of an option that holds an address. */
    public static byte[] value(Ipv4Address address) {
        return value(address.value());
    }

    /** The value of an option that holds a number of 32 bits. */
    public static byte[] value(int number) {
        byte[] value = new byte[Integer.BYTES];
        Bytes.put32(value, 0, number);
        return value;
    }

    /** The message as a datagram's data. */
    public byte[] toBytes() {
        int length = OPTIONS_AT + 3 + 1;
        for (byte[] value : options.values()) {
            length += 2 + value.length;
        }
        byte[] bytes = new byte[Math.max(length, MINIMUM_BYTES)];
        bytes[0] = (byte) (type.isFromServer() ? 2 : 1);
        bytes[1] = 1;
        bytes[2] = MacAddress.BYTES;
        Bytes.put32(bytes, 4, transaction);
        Bytes.put16(bytes, 10, broadcast ? BROADCAST : 0);
        clientAddress.write(bytes, 12);
        yourAddress.write(bytes, 16);
        clientHardware.write(bytes, HARDWARE_AT);
        Bytes.put32(bytes, COOKIE_AT, COOKIE);
        int at = put(bytes, OPTIONS_AT, MESSAGE_TYPE, new byte[] {(byte) type.code});
        for (Map.Entry<Integer, byte[]> option : options.entrySet()) {
            at = put(bytes, at, option.getKey(), option.getValue());
        }
        bytes[at] = (byte) END;
        return bytes;
    }

    private static int put(byte[] bytes, int at, int code, byte[] value) {
        bytes[at] = (byte) code;
        bytes[at + 1] = (byte) value.length;
        System.arraycopy(value, 0, bytes, at + 2, value.length);
        return at + 2 + value.length;
    }
}
