package cofferdam.monitor.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Opens a packet socket (packet(7)) on one Ethernet interface, in promiscuous mode, that does not
 * see what goes out, and gives with every frame what was left to hardware.
 */
final class PacketSocket {

    /** Bytes of {@code struct sockaddr_ll}. */
    static final int ADDRESS_BYTES = 20;

    /** Where the address has the kind of the packet: to us, to others, from us. */
    static final int ADDRESS_KIND = 10;

    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PACKET = 17;
    private static final int RAW_NONBLOCKING_CLOSE_ON_EXEC = 3 | 0x800 | 0x80000;
    private static final short ALL_PROTOCOLS = 3;
    private static final int ADDRESS_PROTOCOL = 2;
    private static final int ADDRESS_INTERFACE = 4;
    private static final int ADDRESS_HARDWARE = 8;
    private static final int ETHERNET = 1;

    private static final int LEVEL = 263;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int STATISTICS = 6;
    private static final int AUXILIARY_DATA = 8;
    private static final int OFFLOAD_HEADER = 15;
    private static final int IGNORE_OUTGOING = 23;
    private static final int MEMBERSHIP_BYTES = 16;
    private static final int MEMBERSHIP_TYPE = 4;
    private static final short PROMISCUOUS = 1;
    private static final int STATISTICS_BYTES = 8;

    private final SystemCalls calls;
    private final String name;
    private final MemorySegment address;
    private final MemorySegment number;
    private final MemorySegment statistics;

    PacketSocket(SystemCalls calls, Arena arena, String name) {
        this.calls = calls;
        this.name = name;
        address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
        number = arena.allocate(JAVA_INT);
        statistics = arena.allocate(STATISTICS_BYTES, Integer.BYTES);
    }

    /** The descriptor of an open socket. */
    int open(Arena arena) throws IOException {
        int index = SystemCalls.require(
                calls.interfaceIndex(arena.allocateFrom(name)), "if_nametoindex", name);
        int socket = SystemCalls.require(
                calls.socket(PACKET, RAW_NONBLOCKING_CLOSE_ON_EXEC, 0), "socket", name);
        try {
            enable(socket, AUXILIARY_DATA, "setsockopt PACKET_AUXDATA");
            enable(socket, OFFLOAD_HEADER, "setsockopt PACKET_VNET_HDR");
            // Not known before Linux 4.20; the kind of each packet tells the same.
            number.set(JAVA_INT, 0, 1);
            calls.setOption(socket, LEVEL, IGNORE_OUTGOING, number);
            bind(socket, index);
            join(socket, index, arena);
            return socket;
        } catch (IOException | RuntimeException failed) {
            calls.close(socket);
            throw failed;
        }
    }

    /** How many frames the kernel has dropped since the last call, for want of room. */
    long dropped(int socket) {
        number.set(JAVA_INT, 0, STATISTICS_BYTES);
        if (calls.option(socket, LEVEL, STATISTICS, statistics, number) < 0) {
            return 0;
        }
        return Integer.toUnsignedLong(statistics.get(JAVA_INT, Integer.BYTES));
    }

    private void enable(int socket, int option, String call) throws IOException {
        number.set(JAVA_INT, 0, 1);
        SystemCalls.require(calls.setOption(socket, LEVEL, option, number), call, name);
    }

    /** Only now frames come in, and those of this interface alone. */
    private void bind(int socket, int index) throws IOException {
        address.set(JAVA_SHORT, 0, (short) PACKET);
        address.set(NETWORK_SHORT, ADDRESS_PROTOCOL, ALL_PROTOCOLS);
        address.set(JAVA_INT, ADDRESS_INTERFACE, index);
        SystemCalls.require(calls.bind(socket, address), "bind", name);
        number.set(JAVA_INT, 0, ADDRESS_BYTES);
        SystemCalls.require(calls.socketName(socket, address, number), "getsockname", name);
        int hardware = Short.toUnsignedInt(address.get(JAVA_SHORT, ADDRESS_HARDWARE));
        if (hardware != ETHERNET) {
            throw new IOException("interface '%s' is of hardware type %d, not Ethernet (%d)"
                    .formatted(name, hardware, ETHERNET));
        }
    }

    private void join(int socket, int index, Arena arena) throws IOException {
        MemorySegment membership = arena.allocate(MEMBERSHIP_BYTES, Integer.BYTES);
        membership.fill((byte) 0);
        membership.set(JAVA_INT, 0, index);
        membership.set(JAVA_SHORT, MEMBERSHIP_TYPE, PROMISCUOUS);
        SystemCalls.require(
                calls.setOption(socket, LEVEL, ADD_MEMBERSHIP, membership),
                "setsockopt PACKET_ADD_MEMBERSHIP",
                name);
    }

    /** The kind of packet in an address. */
    static int kind(MemorySegment address) {
        return Byte.toUnsignedInt(address.get(JAVA_BYTE, ADDRESS_KIND));
    }
}
