package cofferdam.analysis;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import java.util.HexFormat;

/** Messages of neighbour discovery, made byte by byte. */
final class Discovery {

    static final long PREFIX = 0x2001_0db8_0000_0001L;

    private Discovery() {}

    static Ipv6Address global(Machine machine) {
        return Ipv6Address.eui64(PREFIX, machine.mac());
    }

    static Ipv6Address local(Machine machine) {
        return Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, machine.mac());
    }

    /** An advertisement that overrides: the other's global address is at this hardware address. */
    static byte[] advertisement(Machine from, Machine to, Machine about, MacAddress at) {
        String digits = "60000000" + hex(global(about)) + "0201" + hex(at);
        return Frames.icmp6(from, to, 136, new Ipv6Address[] {local(from), local(to)}, digits);
    }

    /** A router advertisement to one host, with high preference and a lifetime of 1800 s. */
    static byte[] router(Machine from, Machine to) {
        String digits = "40080708" + "0000000000000000" + "0101" + hex(from.mac());
        return Frames.icmp6(from, to, 134, new Ipv6Address[] {local(from), local(to)}, digits);
    }

    private static String hex(Ipv6Address address) {
        byte[] bytes = new byte[Ipv6Address.BYTES];
        address.write(bytes, 0);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(MacAddress address) {
        byte[] bytes = new byte[MacAddress.BYTES];
        address.write(bytes, 0);
        return HexFormat.of().formatHex(bytes);
    }
}
