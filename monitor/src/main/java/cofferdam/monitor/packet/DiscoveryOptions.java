package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The options of neighbour discovery (RFC 4861 section 4.6): type, length in units of 8 bytes, value.
 * Of options that may come once the first counts; unknown ones are passed over.
 */
record DiscoveryOptions(
        Optional<MacAddress> sourceHardware,
        Optional<MacAddress> targetHardware,
        OptionalInt mtu,
        List<PrefixInformation> prefixes) {

    private static final int UNIT = 8;
    private static final int SOURCE = 1;
    private static final int TARGET = 2;
    private static final int PREFIX = 3;
    private static final int MTU = 5;
    private static final int PREFIX_UNITS = 4;
    private static final int ON_LINK = 0x80;
    private static final int AUTONOMOUS = 0x40;
    private static final int ADDRESS_BITS = 128;
    private static final long UNSIGNED = 0xffff_ffffL;

    static DiscoveryOptions ofSource(Optional<MacAddress> hardware) {
        return new DiscoveryOptions(hardware, Optional.empty(), OptionalInt.empty(), List.of());
    }

    static DiscoveryOptions ofTarget(Optional<MacAddress> hardware) {
        return new DiscoveryOptions(Optional.empty(), hardware, OptionalInt.empty(), List.of());
    }

    /** Reads all options from {@code offset}; empty if one has no length or goes beyond the end. */
    static Optional<DiscoveryOptions> read(byte[] bytes, int offset) {
        Optional<MacAddress> source = Optional.empty();
        Optional<MacAddress> target = Optional.empty();
        OptionalInt mtu = OptionalInt.empty();
        List<PrefixInformation> prefixes = new ArrayList<>();
        int at = offset;
        while (at < bytes.length) {
            int units = bytes.length - at < 2 ? 0 : Bytes.u8(bytes, at + 1);
            if (units == 0 || at + units * UNIT > bytes.length) {
                return Optional.empty();
            }
            switch (Bytes.u8(bytes, at)) {
                case SOURCE -> source = source.or(hardware(bytes, at, units));
                case TARGET -> target = target.or(hardware(bytes, at, units));
                case MTU -> mtu = mtu.isPresent() ? mtu : size(bytes, at, units);
                case PREFIX -> prefix(bytes, at, units).ifPresent(prefixes::add);
                default -> {}
            }
            at += units * UNIT;
        }
        return Optional.of(new DiscoveryOptions(source, target, mtu, prefixes));
    }

    private static Supplier<Optional<MacAddress>> hardware(byte[] bytes, int at, int units) {
        return () -> units == 1 ? Optional.of(MacAddress.read(bytes, at + 2)) : Optional.empty();
    }

    private static OptionalInt size(byte[] bytes, int at, int units) {
        int size = Bytes.i32(bytes, at + 4);
        return units == 1 && size >= 0 ? OptionalInt.of(size) : OptionalInt.empty();
    }

    private static Optional<PrefixInformation> prefix(byte[] bytes, int at, int units) {
        int length = Bytes.u8(bytes, at + 2);
        if (units != PREFIX_UNITS || length > ADDRESS_BITS) {
            return Optional.empty();
        }
        int flags = Bytes.u8(bytes, at + 3);
        return Optional.of(new PrefixInformation(
                masked(Ipv6Address.read(bytes, at + 16), length),
                length,
                (flags & ON_LINK) != 0,
                (flags & AUTONOMOUS) != 0,
                Bytes.i32(bytes, at + 4) & UNSIGNED,
                Bytes.i32(bytes, at + 8) & UNSIGNED));
    }

    private static Ipv6Address masked(Ipv6Address address, int length) {
        return new Ipv6Address(
                address.high() & mask(Math.min(length, Long.SIZE)),
                address.low() & mask(Math.max(length - Long.SIZE, 0)));
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }

    /** The header with the options behind it. */
    byte[] behind(byte[] header) {
        int units = (sourceHardware.isPresent() ? 1 : 0)
                + (targetHardware.isPresent() ? 1 : 0)
                + (mtu.isPresent() ? 1 : 0)
                + PREFIX_UNITS * prefixes.size();
        byte[] bytes = Arrays.copyOf(header, header.length + units * UNIT);
        int at = header.length;
        at = put(bytes, at, SOURCE, sourceHardware);
        at = put(bytes, at, TARGET, targetHardware);
        if (mtu.isPresent()) {
            begin(bytes, at, MTU, 1);
            Bytes.put32(bytes, at + 4, mtu.getAsInt());
            at += UNIT;
        }
        for (PrefixInformation prefix : prefixes) {
            put(bytes, at, prefix);
            at += PREFIX_UNITS * UNIT;
        }
        return bytes;
    }

    private static int put(byte[] bytes, int at, int type, Optional<MacAddress> hardware) {
        if (hardware.isEmpty()) {
            return at;
        }
        begin(bytes, at, type, 1);
        hardware.get().write(bytes, at + 2);
        return at + UNIT;
    }

    private static void put(byte[] bytes, int at, PrefixInformation prefix) {
        begin(bytes, at, PREFIX, PREFIX_UNITS);
        bytes[at + 2] = (byte) prefix.length();
        bytes[at + 3] =
                (byte) ((prefix.onLink() ? ON_LINK : 0) | (prefix.autonomous() ? AUTONOMOUS : 0));
        Bytes.put32(bytes, at + 4, (int) prefix.valid());
        Bytes.put32(bytes, at + 8, (int) prefix.preferred());
        prefix.prefix().write(bytes, at + 16);
    }

    private static void begin(byte[] bytes, int at, int type, int units) {
        bytes[at] = (byte) type;
        bytes[at + 1] = (byte) units;
    }
}
