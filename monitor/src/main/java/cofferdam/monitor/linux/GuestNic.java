package cofferdam.monitor.linux;

import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.net.GuestPort;
import cofferdam.monitor.packet.Ethernet;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The network interface of a real guest. What the guest receives is what its own kernel relays; what it
 * sends is what leaves its interface, whoever in the guest sent it. The relay has the interface hear
 * everything; until the guest asks for promiscuous mode, what an address filter in hardware would
 * keep from it is left out here.
 */
final class GuestNic implements RawNic {

    private static final String NAME = "eth0";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LinuxGuest guest;
    private final GuestPort port;
    private final VantageCapture capture;
    private final int captureInterface;
    private final ListeningTest test;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private MacAddress address;
    private boolean promiscuous;

    /**
     * The interface of a guest.
     *
     * @param port where the guest is attached to the fabric; what it sends goes there
     * @param others the addresses of all other machines
     */
    GuestNic(LinuxGuest guest, GuestPort port, List<MacAddress> others) {
        this.guest = guest;
        this.port = port;
        address = guest.identity().mac();
        test = new ListeningTest(guest.time(), others, guest::toNetwork);
        capture = guest.evidence().capture(guest.name());
        captureInterface = capture.addInterface(NAME, guest.name() + ", virtual", address);
    }

    /** Takes what leaves the guest's interface. */
    FrameSink outward(FrameSink cable) {
        return (buffer, offset, length) -> {
            captured(Direction.OUTBOUND, buffer, offset, length);
            cable.accept(buffer, offset, length);
        };
    }

    /** Takes what the guest's kernel relays. */
    void relayed(byte[] buffer, int offset, int length) {
        if (length < Ethernet.HEADER_BYTES) {
            return;
        }
        byte[] frame = Arrays.copyOfRange(buffer, offset, offset + length);
        MacAddress destination = Ethernet.destination(frame);
        boolean heard = promiscuous
                || destination.equals(address)
                || destination.equals(MacAddress.BROADCAST);
        if (!heard) {
            return;
        }
        captured(Direction.INBOUND, frame, 0, frame.length);
        if (test.takes(frame)) {
            return;
        }
        listeners.forEach(listener -> listener.hear(frame));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public MacAddress address() {
        return address;
    }

    /**
     * @throws IllegalArgumentException if the address is a group's or zero, which no station can
     *     have
     * @throws IllegalStateException if the guest does not do it
     */
    @Override
    public void changeAddress(MacAddress changed) {
        if (changed.isGroup() || changed.value() == 0) {
            throw new IllegalArgumentException("interface %s of %s cannot have the address %s"
                    .formatted(NAME, guest.name(), changed));
        }
        if (changed.equals(address)) {
            return;
        }
        command("ip link set %s address %s".formatted(NAME, changed));
        address = changed;
        guest.record(now -> new Event.AddressChanged(now, guest.name(), NAME, changed));
        port.addressChanged(changed);
    }

    /** When it has begun and before it ends, it is shown that it works. */
    @Override
    public void promiscuous(boolean on) {
        if (on == promiscuous) {
            return;
        }
        if (!on) {
            showListening();
        }
        command("ip link set %s promisc %s".formatted(NAME, on ? "on" : "off"));
        promiscuous = on;
        guest.record(now -> new Event.PromiscuousChanged(now, guest.name(), NAME, on));
        // Whatever the fabric grants, nothing keeps a real interface from hearing what reaches it.
        port.promiscuous(on);
        if (on) {
            showListening();
        }
    }

    private void showListening() {
        boolean heard = test.passes(guest::isUp);
        guest.record(now -> new Event.ListeningTested(now, guest.name(), NAME, heard));
    }

    @Override
    public void send(byte[] frame) {
        guest.toRelay(frame);
    }

    @Override
    public Listening listen(Consumer<byte[]> listener) {
        Listener added = new Listener(listener);
        listeners.add(added);
        return () -> {
            added.stopped = true;
            listeners.remove(added);
        };
    }

    private void command(String command) {
        try {
            GuestShell.Result result = guest.shell().await(command, PATIENCE);
            if (!result.succeeded()) {
                throw new IllegalStateException(
                        "%s refused '%s': %s".formatted(guest.name(), command, result.output()));
            }
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "%s did not do '%s': %s".formatted(guest.name(), command, failed.getMessage()),
                    failed);
        }
    }

    private void captured(Direction direction, byte[] buffer, int offset, int length) {
        capture.frame(captureInterface, guest.time().now(), direction, buffer, offset, length);
    }

    private static final class Listener {
        private final Consumer<byte[]> consumer;
        private boolean stopped;

        private Listener(Consumer<byte[]> consumer) {
            this.consumer = consumer;
        }

        private void hear(byte[] frame) {
            if (!stopped) {
                consumer.accept(frame);
            }
        }
    }
}
