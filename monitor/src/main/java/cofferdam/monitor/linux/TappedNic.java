package cofferdam.monitor.linux;

import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.VantageCapture;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A guest's interface as whoever owns its monitor's process has it: in promiscuous mode the monitor
 * copies every frame, and nothing can be sent.
 */
final class TappedNic implements RawNic {

    private final String host;
    private final LinuxGuest guest;
    private final VantageCapture capture;
    private final int captureInterface;
    private final List<Consumer<byte[]>> listeners = new CopyOnWriteArrayList<>();
    private final ListeningTest test;
    private RunningGuest.@Nullable Tap tap;

    /** @param others the addresses of all other machines than the guest */
    TappedNic(String host, LinuxGuest guest, List<MacAddress> others) {
        this.host = host;
        this.guest = guest;
        test = new ListeningTest(guest.time(), others, guest::toNetwork);
        capture = guest.evidence().capture(host);
        captureInterface = capture.addInterface(
                name(), "the monitor's end of the interface of " + guest.name(), address());
    }

    @Override
    public String name() {
        return "netdev-" + guest.name();
    }

    @Override
    public MacAddress address() {
        return guest.identity().mac();
    }

    /** @throws UnsupportedOperationException always: it is the guest's */
    @Override
    public void changeAddress(MacAddress address) {
        throw new UnsupportedOperationException(
                "%s is the interface of %s".formatted(name(), guest.name()));
    }

    /**
     * When it has begun and before it ends, it is shown that it works.
     *
     * @throws IllegalStateException if the monitor does not copy
     */
    @Override
    public void promiscuous(boolean on) {
        if (on == (tap != null)) {
            return;
        }
        if (!on) {
            showListening();
        }
        try {
            if (tap == null) {
                tap = guest.process().tap(this::copied);
            } else {
                tap.close();
                tap = null;
            }
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "%s cannot be copied: %s".formatted(name(), failed.getMessage()), failed);
        }
        guest.record(now -> new Event.PromiscuousChanged(now, host, name(), on));
        if (on) {
            showListening();
        }
    }

    private void showListening() {
        boolean heard = test.passes(guest::isOn);
        guest.record(now -> new Event.ListeningTested(now, host, name(), heard));
    }

    /** Does nothing: a copy has no way back. */
    @Override
    public void send(byte[] frame) {
        // The host's own interface sends.
    }

    @Override
    public Listening listen(Consumer<byte[]> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void copied(byte[] buffer, int offset, int length) {
        capture.frame(
                captureInterface, guest.time().now(), Direction.INBOUND, buffer, offset, length);
        byte[] frame = Arrays.copyOfRange(buffer, offset, offset + length);
        if (test.takes(frame)) {
            return;
        }
        List.copyOf(listeners).forEach(listener -> listener.accept(frame));
    }
}
