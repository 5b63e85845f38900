package cofferdam.scenarios.lab;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.emulated.OutsidePort;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.wire.DatagramWire;
import cofferdam.monitor.wire.FrameWire;
import cofferdam.monitor.wire.PacketWire;
import cofferdam.monitor.wire.SeqpacketWire;
import cofferdam.monitor.wire.StreamWire;
import cofferdam.monitor.wire.TapWire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A port as a user asks for it: {@code KIND:WHERE[,mac=MAC][,ip=ADDRESS][,outside][,promiscuous]}.
 *
 * @param text what the user wrote
 * @param kind how frames come and go
 * @param where the path, ports or interface
 * @param promiscuous whether the interface behind it asks for promiscuous mode from the start
 */
public record PortSpec(
        String text, Kind kind, String where, OutsidePort port, boolean promiscuous) {

    /** What a port is made of if nothing is said of its address: {@code 02:00:00:00:02:01} and so on. */
    private static final long FIRST_MAC = 0x02_00_00_00_02_00L;

    private static final Pattern UDP = Pattern.compile("([0-9]{1,5}):([0-9]{1,5})");
    private static final int MAXIMUM_UDP_PORT = 65_535;

    /** How frames come and go. */
    public enum Kind {
        /** A UNIX stream socket with QEMU's framing, on which the lab listens. */
        UNIX,
        /** One to which the lab connects. */
        CONNECT,
        /** UDP on the loopback interface. */
        UDP,
        /** A UNIX socket of sequenced packets, User-mode Linux's bess, on which the lab listens. */
        BESS,
        /** An Ethernet interface of this computer. */
        PACKET,
        /** A TAP device of this computer. */
        TAP;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads what a user wrote.
     *
     * @param number of the port, from 1; it is called {@code port1} and so on
     * @throws IllegalArgumentException if it is wrong; the message quotes it
     */
    public static PortSpec parse(String text, int number) {
        List<String> parts = List.of(text.split(",", -1));
        int colon = parts.getFirst().indexOf(':');
        String word = colon < 0 ? parts.getFirst() : parts.getFirst().substring(0, colon);
        String where = colon < 0 ? "" : parts.getFirst().substring(colon + 1);
        Kind kind = Stream.of(Kind.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong(text, "begins with none of %s".formatted(kinds())));
        if (where.isEmpty()) {
            throw wrong(text, "says nothing behind '%s:'".formatted(word));
        }
        if (kind == Kind.UDP) {
            udpPorts(text, where);
        }
        return new Options(text, number).read(parts.subList(1, parts.size()), kind, where);
    }

    private static String kinds() {
        return Stream.of(Kind.values())
                .map(kind -> kind.word() + ":")
                .collect(Collectors.joining(", "));
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException("--attach '%s' %s".formatted(text, what));
    }

    /**
     * Opens the way by which frames come and go.
     *
     * @throws IOException if the system refuses
     * @throws IllegalArgumentException if an interface cannot have such a name
     */
    public FrameWire open(RealTime time) throws IOException {
        return switch (kind) {
            case UNIX -> StreamWire.listen(time, Path.of(where));
            case CONNECT -> StreamWire.connect(time, Path.of(where));
            case UDP -> openUdp(time);
            case BESS -> SeqpacketWire.listen(time, Path.of(where));
            case PACKET -> PacketWire.open(time, where);
            case TAP -> TapWire.open(time, where);
        };
    }

    private FrameWire openUdp(RealTime time) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        List<Integer> ports = udpPorts(text, where);
        return DatagramWire.between(
                time,
                new InetSocketAddress(loopback, ports.getFirst()),
                new InetSocketAddress(loopback, ports.getLast()));
    }

    private static List<Integer> udpPorts(String text, String where) {
        Matcher ports = UDP.matcher(where);
        if (!ports.matches()) {
            throw wrong(text, "is not udp:LOCALPORT:REMOTEPORT");
        }
        return Stream.of(ports.group(1), ports.group(2))
                .map(Integer::valueOf)
                .peek(port -> {
                    if (port < 1 || port > MAXIMUM_UDP_PORT) {
                        throw wrong(
                                text,
                                "has the port %d, not one from 1 to %d"
                                        .formatted(port, MAXIMUM_UDP_PORT));
                    }
                })
                .toList();
    }

    /** What stands behind the first comma. */
    private static final class Options {
        private final String text;
        private final int number;
        private MacAddress mac;
        private Optional<Ipv4Address> address = Optional.empty();
        private OutsidePort.Place place = OutsidePort.Place.GUEST;
        private boolean promiscuous;

        Options(String text, int number) {
            this.text = text;
            this.number = number;
            mac = new MacAddress(FIRST_MAC + number);
        }

        PortSpec read(List<String> words, Kind kind, String where) {
            words.forEach(this::read);
            try {
                OutsidePort port = new OutsidePort("port" + number, place, mac, address);
                return new PortSpec(text, kind, where, port, promiscuous);
            } catch (IllegalArgumentException refused) {
                throw wrong(text, "is refused: " + refused.getMessage());
            }
        }

        private void read(String word) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals + 1);
            String value = word.substring(equals + 1);
            try {
                switch (key) {
                    case "mac=" -> mac = MacAddress.parse(value);
                    case "ip=" -> address = Optional.of(Ipv4Address.parse(value));
                    case "outside" -> place = OutsidePort.Place.OUTSIDE;
                    case "promiscuous" -> promiscuous = true;
                    default ->
                        throw wrong(
                                text,
                                "has '%s', not one of mac=, ip=, outside, promiscuous"
                                        .formatted(word));
                }
            } catch (IllegalArgumentException malformed) {
                String message = String.valueOf(malformed.getMessage());
                throw message.startsWith("--attach")
                        ? malformed
                        : wrong(text, "is refused: " + message);
            }
        }
    }
}
