package cofferdam.attacks.staging;

import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A learning switch without limits or filters, with the attacker and some stations on it. */
public final class Segment {

    private static final Duration CABLE = Duration.ofNanos(20_000);

    private final VirtualTimeline timeline;
    private final List<Consumer<byte[]>> ports = new ArrayList<>();
    private final Map<MacAddress, Integer> table = new LinkedHashMap<>();

    public Segment(Stage stage) {
        timeline = stage.timeline;
        int port = attach(stage.nic::deliver);
        stage.nic.connect(frame -> send(port, frame));
    }

    /** A station with these addresses, on a port of its own. */
    public Station station(Ipv4Address address, MacAddress mac) {
        List<Station> self = new ArrayList<>();
        int port = attach(frame -> self.getFirst().receive(frame));
        self.add(new Station(address, mac, frame -> send(port, frame)));
        return self.getFirst();
    }

    private int attach(Consumer<byte[]> receiver) {
        ports.add(receiver);
        return ports.size() - 1;
    }

    private void send(int port, byte[] frame) {
        timeline.after(CABLE, () -> relay(port, frame));
    }

    private void relay(int from, byte[] frame) {
        table.put(Ethernet.source(frame), from);
        Integer known = table.get(Ethernet.destination(frame));
        for (int port = 0; port < ports.size(); port++) {
            Consumer<byte[]> receiver = ports.get(port);
            if (port != from && (known == null || known == port)) {
                timeline.after(CABLE, () -> receiver.accept(frame));
            }
        }
    }

    /** Whether the switch believes that the address lives at the attacker's port. */
    public boolean attackerHas(RawNic nic, MacAddress mac) {
        return table.getOrDefault(mac, -1).equals(table.get(nic.address()));
    }
}
