package cofferdam.monitor.guest;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.tcp.VirtualTime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Machines on one hub whose wire delays, loses, reorders and doubles frames. */
final class TestSegment {

    /** What the wire does. */
    record Faults(double loss, double doubled, Duration jitter) {
        static final Faults NONE = new Faults(0, 0, Duration.ZERO);
    }

    /** A machine on the hub. */
    record Host(GuestIdentity identity, GuestNetwork network) implements Machine {
        @Override
        public String name() {
            return identity.name();
        }

        @Override
        public MacAddress mac() {
            return identity.mac();
        }

        @Override
        public Ipv4Address address() {
            return identity.address();
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            return new Offer.Missing<>("not needed here");
        }

        Endpoint endpoint() {
            return network.endpoint();
        }
    }

    final VirtualTime time = new VirtualTime();
    final List<Event> events = new ArrayList<>();
    final List<byte[]> frames = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final SplittableRandom random;
    private final Faults faults;
    private UnaryOperator<byte[]> alter = UnaryOperator.identity();

    TestSegment(long seed, Faults faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
    }

    TestSegment() {
        this(1, Faults.NONE);
    }

    /** From now on every frame is what the operator makes of it; an empty one is lost. */
    void alter(UnaryOperator<byte[]> how) {
        alter = how;
    }

    /** Adds a machine, the first with the address 10.0.0.1, the second with 10.0.0.2. */
    Host add(String name) {
        return add(name, NetworkRole.PLAIN);
    }

    /** Adds a machine that does more than others. */
    Host add(String name, NetworkRole role) {
        int number = hosts.size() + 1;
        GuestIdentity identity = new GuestIdentity(
                name,
                new MacAddress(0x020000000000L + number),
                Ipv4Address.parse("10.0.0." + number));
        GuestNetwork network = new GuestNetwork(
                identity,
                role,
                time,
                random.split(),
                frame -> send(number - 1, frame),
                events::add);
        hosts.add(new Host(identity, network));
        return hosts.getLast();
    }

    private void send(int from, byte[] frame) {
        frames.add(frame);
        byte[] altered = alter.apply(frame);
        for (int i = 0; i < hosts.size(); i++) {
            if (i != from && altered.length > 0) {
                deliver(hosts.get(i), altered);
                if (random.nextDouble() < faults.doubled()) {
                    deliver(hosts.get(i), altered);
                }
            }
        }
    }

    private void deliver(Host host, byte[] frame) {
        if (random.nextDouble() < faults.loss()) {
            return;
        }
        long jitter =
                faults.jitter().isZero() ? 0 : random.nextLong(faults.jitter().toNanos());
        time.after(
                Duration.ofNanos(20_000).plusNanos(jitter),
                () -> host.network().receive(frame.clone()));
    }

    Event.FlowFinished finished() {
        return events.stream()
                .filter(Event.FlowFinished.class::isInstance)
                .map(Event.FlowFinished.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    <E extends Event> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
