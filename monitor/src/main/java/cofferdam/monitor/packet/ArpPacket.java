package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Optional;

/**
 * An ARP packet for IPv4 over Ethernet (RFC 826), 28 bytes: hardware type, protocol type, lengths,
 * operation, sender and target addresses.
 */
public record ArpPacket(
        Operation operation,
        MacAddress senderHardware,
        Ipv4Address senderProtocol,
        MacAddress targetHardware,
        Ipv4Address targetProtocol) {

    /** Bytes of a packet. */
    public static final int BYTES = 28;

    private static final MacAddress UNKNOWN = new MacAddress(0);

    /** What the packet asks or says. */
    public enum Operation {
        REQUEST(1),
        REPLY(2);

        private final int code;

        Operation(int code) {
            this.code = code;
        }
    }

    /** A request for the hardware address of {@code target}. */
    public static ArpPacket request(
            MacAddress senderHardware, Ipv4Address sender, Ipv4Address target) {
        return new ArpPacket(Operation.REQUEST, senderHardware, sender, UNKNOWN, target);
    }

    /** A reply that says: {@code sender} is at {@code senderHardware}. */
    public static ArpPacket reply(
            MacAddress senderHardware,
            Ipv4Address sender,
            MacAddress targetHardware,
            Ipv4Address target) {
        return new ArpPacket(Operation.REPLY, senderHardware, sender, targetHardware, target);
    }

    /** Reads the packet in a whole Ethernet frame; empty if it holds none that is well formed. */
    public static Optional<ArpPacket> inFrame(byte[] frame) {
        int at = Ethernet.HEADER_BYTES;
        boolean arp = Ethernet.etherType(frame) == Ethernet.ARP
                && frame.length >= at + BYTES
                && Bytes.u16(frame, at) == 1
                && Bytes.u16(frame, at + 2) == Ethernet.IPV4
                && Bytes.u8(frame, at + 4) == MacAddress.BYTES
                && Bytes.u8(frame, at + 5) == Ipv4Address.BYTES;
        if (!arp) {
            return Optional.empty();
        }
        int code = Bytes.u16(frame, at + 6);
        for (Operation operation : Operation.values()) {
            if (operation.code == code) {
                return Optional.of(new ArpPacket(
                        operation,
                        MacAddress.read(frame, at + 8),
                        Ipv4Address.read(frame, at + 14),
                        MacAddress.read(frame, at + 18),
                        Ipv4Address.read(frame, at + 24)));
            }
        }
        return Optional.empty();
    }

    /** A frame that carries this packet; 42 bytes, not padded. */
    public byte[] toFrame(MacAddress destination, MacAddress source) {
        return Ethernet.frame(destination, source, Ethernet.ARP, toBytes());
    }

    private byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Bytes.put16(bytes, 0, 1);
        Bytes.put16(bytes, 2, Ethernet.IPV4);
        bytes[4] = MacAddress.BYTES;
        bytes[5] = Ipv4Address.BYTES;
        Bytes.put16(bytes, 6, operation.code);
        senderHardware.write(bytes, 8);
        senderProtocol.write(bytes, 14);
        targetHardware.write(bytes, 18);
        targetProtocol.write(bytes, 24);
        return bytes;
    }
}
