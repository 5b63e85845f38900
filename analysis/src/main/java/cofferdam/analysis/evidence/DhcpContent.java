package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A DHCP message over UDP (RFC 2131 section 2, options of RFC 2132), read without the code that the
 * emulator makes it with; pcap4j knows none.
 *
 * @param reply whether a server says it
 * @param type what it says (option 53): 1 discover, 2 offer, 3 request, 4 decline, 5 acknowledge, 6
 *     refuse, 7 release, 8 inform
 * @param transaction 32 bits that join question and answer
 * @param clientHardware the client's hardware address
 * @param yourAddress the address that the client is given
 * @param server the server that it names (option 54)
 * @param router the first router that it names (option 3)
 */
public record DhcpContent(
        boolean reply,
        int type,
        int transaction,
        MacAddress clientHardware,
        Ipv4Address yourAddress,
        Optional<Ipv4Address> server,
        Optional<Ipv4Address> router) {

    public static final int OFFER = 2;
    public static final int ACKNOWLEDGE = 5;

    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int UDP_BYTES = 8;
    private static final int COOKIE_AT = 236;
    private static final int OPTIONS_AT = 240;
    private static final int COOKIE_HIGH = 0x6382;
    private static final int COOKIE_LOW = 0x5363;
    private static final int PAD = 0;
    private static final int END = 255;
    private static final int ROUTER = 3;
    private static final int TYPE = 53;
    private static final int SERVER = 54;

    /** Reads the message in a UDP datagram; empty if it carries none that is well formed. */
    static Optional<DhcpContent> in(PacketBytes datagram) {
        if (datagram.length() < UDP_BYTES + OPTIONS_AT
                || !isPort(datagram.u16(0))
                || !isPort(datagram.u16(2))) {
            return Optional.empty();
        }
        byte[] message = datagram.copy(UDP_BYTES);
        PacketBytes read = new PacketBytes(message, 0, message.length);
        boolean cookie =
                read.u16(COOKIE_AT) == COOKIE_HIGH && read.u16(COOKIE_AT + 2) == COOKIE_LOW;
        Map<Integer, Integer> options = options(read);
        Integer type = options.get(TYPE);
        if (!cookie || type == null || read.u8(type) != 1) {
            return Optional.empty();
        }
        return Optional.of(new DhcpContent(
                read.u8(0) == 2,
                read.u8(type + 1),
                (read.u16(4) << 16) | read.u16(6),
                MacAddress.read(message, 28),
                Ipv4Address.read(message, 16),
                address(message, options.get(SERVER)),
                address(message, options.get(ROUTER))));
    }

    private static boolean isPort(int port) {
        return port == SERVER_PORT || port == CLIENT_PORT;
    }

    /** Where the length of each option stands, by its code; the first of each counts. */
    private static Map<Integer, Integer> options(PacketBytes message) {
        Map<Integer, Integer> places = new TreeMap<>();
        int at = OPTIONS_AT;
        while (at + 1 < message.length() && message.u8(at) != END) {
            if (message.u8(at) == PAD) {
                at++;
                continue;
            }
            int end = at + 2 + message.u8(at + 1);
            if (end > message.length()) {
                return places;
            }
            places.putIfAbsent(message.u8(at), at + 1);
            at = end;
        }
        return places;
    }

    private static Optional<Ipv4Address> address(byte[] message, @Nullable Integer place) {
        return place == null || (message[place] & 0xff) < Ipv4Address.BYTES
                ? Optional.empty()
                : Optional.of(Ipv4Address.read(message, place + 1));
    }
}
