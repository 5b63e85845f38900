package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ethernet frames made byte by byte, without the code that the emulator makes them with. */
public final class Frames {

    private static final int UDP = 17;

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
        return ByteBuffer.allocate(frame.length + 4)
                .put(frame, 0, 12)
                .putShort((short) 0x8100)
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
