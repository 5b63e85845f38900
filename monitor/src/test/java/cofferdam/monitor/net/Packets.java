package cofferdam.monitor.net;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Makes packets byte by byte, wrong ones too. Checksums are left zero: no filter looks at them. */
final class Packets {

    static final int IPV6_TYPE = 0x86dd;
    static final int UDP = 17;
    static final int ICMPV6 = 58;
    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int DESTINATION_OPTIONS = 60;

    /** Of vm1, vm2 and vm3 on the link. */
    static final Ipv6Address VM1_LOCAL = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, Bed.VM1);

    static final Ipv6Address VM2_LOCAL = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, Bed.VM2);
    static final Ipv6Address VM1_GLOBAL = Ipv6Address.eui64(NetworkSetup.IPV6_PREFIX, Bed.VM1);
    static final Ipv6Address VM2_GLOBAL = Ipv6Address.eui64(NetworkSetup.IPV6_PREFIX, Bed.VM2);

    private Packets() {}

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** In a frame of vm2 to everybody. */
    static byte[] frame(int type, byte[] packet) {
        return Ethernet.frame(MacAddress.BROADCAST, Bed.VM2, type, packet);
    }

    /** The same frame with a tag in front. */
    static byte[] tagged(int tagType, int network, byte[] frame) {
        return joined(
                Arrays.copyOf(frame, 12),
                bytes(tagType >> 8, tagType, network >> 8, network),
                Arrays.copyOfRange(frame, 12, frame.length));
    }

    static byte[] ipv4(String source, int protocol, byte[] payload) {
        return ipv4(source, protocol, 0, new byte[0], payload);
    }

    /** @param fragment the 16 bits of flags and offset */
    static byte[] ipv4(String source, int protocol, int fragment, byte[] options, byte[] payload) {
        int header = 20 + options.length;
        int total = header + payload.length;
        byte[] start = bytes(
                0x40 | header / 4,
                0,
                total >> 8,
                total,
                0,
                1,
                fragment >> 8,
                fragment,
                64,
                protocol,
                0,
                0,
                0,
                0,
                0,
                0,
                10,
                0,
                0,
                1);
        Ipv4Address.parse(source).write(start, 12);
        return joined(start, options, payload);
    }

    static byte[] udp(int source, int destination, byte[] payload) {
        int length = 8 + payload.length;
        return joined(
                bytes(
                        source >> 8,
                        source,
                        destination >> 8,
                        destination,
                        length >> 8,
                        length,
                        0,
                        0),
                payload);
    }

    static byte[] ipv6(Ipv6Address source, int next, byte[]... payload) {
        byte[] rest = joined(payload);
        byte[] header = new byte[40];
        header[0] = 0x60;
        header[4] = (byte) (rest.length >> 8);
        header[5] = (byte) rest.length;
        header[6] = (byte) next;
        header[7] = (byte) 255;
        source.write(header, 8);
        Ipv6Address.ALL_NODES.write(header, 24);
        return joined(header, rest);
    }

    /** An extension header of so many units of 8 bytes. */
    static byte[] extension(int next, int units) {
        byte[] header = new byte[8 * units];
        header[0] = (byte) next;
        header[1] = (byte) (units - 1);
        return header;
    }

    /** A fragment header; the offset is in units of 8 bytes. */
    static byte[] fragment(int next, int offset, boolean more) {
        int field = offset << 3 | (more ? 1 : 0);
        return bytes(next, 0, field >> 8, field, 0, 0, 0, 1);
    }

    /** An ICMPv6 message. */
    static byte[] icmp(int type, byte[]... rest) {
        return joined(bytes(type, 0, 0, 0), joined(rest));
    }

    static byte[] address(Ipv6Address address) {
        byte[] bytes = new byte[16];
        address.write(bytes, 0);
        return bytes;
    }

    /** A link-layer address option. */
    static byte[] option(int type, MacAddress mac) {
        byte[] option = new byte[8];
        option[0] = (byte) type;
        option[1] = 1;
        mac.write(option, 2);
        return option;
    }

    static byte[] routerAdvertisement() {
        return icmp(134, new byte[12], option(1, Bed.VM2));
    }

    static byte[] solicitation(Ipv6Address target, byte[]... options) {
        return icmp(135, new byte[4], address(target), joined(options));
    }

    static byte[] advertisement(Ipv6Address target, byte[]... options) {
        return icmp(136, bytes(0x20, 0, 0, 0), address(target), joined(options));
    }
}
