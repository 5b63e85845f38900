package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Ethernet frames made byte by byte, without the code that the emulator makes them with. */
public final class Frames {

    private static final int UDP = 17;
    private static final int ICMPV6 = 58;

    private Frames() {}

    /** An IPv4 packet that carries a UDP datagram. */
    public static byte[] udp(Machine from, Machine to, int identification, String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(42 + data.length);
        ethernet(frame, to.mac(), from.mac(), 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (28 + data.length));
        frame.putShort((short) identification).putShort((short) 0x4000);
        frame.put((byte) 64).put((byte) UDP).putShort((short) 0);
        frame.putInt(from.address().value()).putInt(to.address().value());
        frame.putShort((short) 4000).putShort((short) 7).putShort((short) (8 + data.length));
        frame.putShort((short) 0).put(data);
        return frame.array();
    }

    /** An IPv6 packet between the addresses that the machines make themselves in this prefix. */
    public static byte[] udp6(Machine from, Machine to, long prefix, String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer datagram = ByteBuffer.allocate(8 + data.length);
        datagram.putShort((short) 4000).putShort((short) 7);
        datagram.putShort((short) datagram.capacity()).putShort((short) 0).put(data);
        return ipv6(
                from.mac(),
                to.mac(),
                new Ipv6Address[] {
                    Ipv6Address.eui64(prefix, from.mac()), Ipv6Address.eui64(prefix, to.mac())
                },
                UDP,
                datagram.array());
    }

    /** An ICMPv6 message with a hop limit of 255, of which hexadecimal digits follow the checksum. */
    public static byte[] icmp6(
            Machine from, Machine to, int type, Ipv6Address[] addresses, String digits) {
        byte[] body = HexFormat.of().parseHex(digits.replace(" ", ""));
        byte[] message = ByteBuffer.allocate(4 + body.length)
                .put((byte) type)
                .put(new byte[3])
                .put(body)
                .array();
        return ipv6(from.mac(), to.mac(), addresses, ICMPV6, message);
    }

    /** An IPv6 packet from the first of the addresses to the second. */
    public static byte[] ipv6(
            MacAddress from, MacAddress to, Ipv6Address[] addresses, int next, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(54 + payload.length);
        ethernet(frame, to, from, 0x86dd);
        frame.putInt(0x6000_0000).putShort((short) payload.length);
        frame.put((byte) next).put((byte) 255);
        for (Ipv6Address address : addresses) {
            frame.putLong(address.high()).putLong(address.low());
        }
        return frame.put(payload).array();
    }

    /** A DHCP message from a port to a port, of which hexadecimal digits are the options. */
    public static byte[] dhcp(Machine from, Machine client, boolean reply, String options) {
        byte[] text = HexFormat.of().parseHex(options.replace(" ", ""));
        ByteBuffer message = ByteBuffer.allocate(240 + text.length);
        message.put((byte) (reply ? 2 : 1)).put((byte) 1).put((byte) 6).put((byte) 0);
        message.putInt(0x8765_4321).putInt(0).putInt(0);
        message.putInt(client.address().value()).putInt(0).putInt(0);
        mac(message, client.mac());
        message.position(236).putInt(0x6382_5363).put(text);
        return udp(
                from, client, 1, new String(message.array(), StandardCharsets.ISO_8859_1), reply);
    }

    private static byte[] udp(
            Machine from, Machine to, int identification, String data, boolean reply) {
        byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
        byte[] frame = udp(from, to, identification, "x".repeat(bytes.length));
        System.arraycopy(bytes, 0, frame, 42, bytes.length);
        ByteBuffer.wrap(frame).putShort(34, (short) (reply ? 67 : 68)).putShort(36, (short)
                (reply ? 68 : 67));
        return frame;
    }

    /** An ARP message that says where a protocol address is. */
    public static byte[] arp(
            int operation, MacAddress sender, Ipv4Address senderProtocol, Machine to) {
        ByteBuffer frame = ByteBuffer.allocate(42);
        ethernet(frame, to.mac(), sender, 0x0806);
        frame.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
        frame.putShort((short) operation);
        mac(frame, sender);
        frame.putInt(senderProtocol.value());
        mac(frame, to.mac());
        frame.putInt(to.address().value());
        return frame.array();
    }

    /**
     * A copy with another destination and source, as someone in between forwards it: with one hop
     * less.
     */
    public static byte[] forwarded(byte[] frame, MacAddress destination, MacAddress source) {
        byte[] copy = frame.clone();
        destination.write(copy, 0);
        source.write(copy, MacAddress.BYTES);
        copy[22]--;
        return copy;
    }

    /** A copy with zeros behind it up to a length. */
    public static byte[] padded(byte[] frame, int length) {
        return Arrays.copyOf(frame, Math.max(length, frame.length));
    }

    /** Changes the ports of a frame that {@link #udp} made, in place. */
    public static void ports(byte[] frame, int from, int to) {
        ByteBuffer.wrap(frame).putShort(34, (short) from).putShort(36, (short) to);
    }

    /** A copy with an IEEE 802.1Q tag. */
    public static byte[] tagged(byte[] frame, int vlan) {
        return tagged(frame, 0x8100, vlan);
    }

    /** A copy with a tag of this protocol identifier before all others. */
    public static byte[] tagged(byte[] frame, int type, int vlan) {
        return ByteBuffer.allocate(frame.length + 4)
                .put(frame, 0, 12)
                .putShort((short) type)
                .putShort((short) vlan)
                .put(frame, 12, frame.length - 12)
                .array();
    }

    private static void ethernet(
            ByteBuffer frame, MacAddress destination, MacAddress source, int type) {
        mac(frame, destination);
        mac(frame, source);
        frame.putShort((short) type);
    }

    private static void mac(ByteBuffer frame, MacAddress address) {
        byte[] bytes = new byte[MacAddress.BYTES];
        address.write(bytes, 0);
        frame.put(bytes);
    }
}
