package cofferdam.attacks.staging;

import cofferdam.monitor.RawNic;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An interface that remembers what was done with it and filters by no address. */
public final class RecordingNic implements RawNic {

    private final String name;
    private final Timeline timeline;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Boolean> promiscuous = new ArrayList<>();
    private final List<MacAddress> addresses = new ArrayList<>();
    private final List<Consumer<byte[]>> listeners = new ArrayList<>();
    private Consumer<byte[]> wire = frame -> {};

    /** A frame and when it was sent. */
    public record Sent(Duration time, byte[] frame) {}

    public RecordingNic(String name, MacAddress address, Timeline timeline) {
        this.name = name;
        this.timeline = timeline;
        addresses.add(address);
    }

    /** Where sent frames go to. */
    public void connect(Consumer<byte[]> to) {
        wire = to;
    }

    /** Hands a frame to all listeners, as if it had been received. */
    public void deliver(byte[] frame) {
        List.copyOf(listeners).forEach(listener -> listener.accept(frame));
    }

    public List<Sent> sent() {
        return sent;
    }

    public List<byte[]> frames() {
        return sent.stream().map(Sent::frame).toList();
    }

    /** What promiscuous mode was set to, in order. */
    public List<Boolean> promiscuous() {
        return promiscuous;
    }

    /** All addresses that the interface has had. */
    public List<MacAddress> addresses() {
        return addresses;
    }

    public int listeners() {
        return listeners.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MacAddress address() {
        return addresses.getLast();
    }

    @Override
    public void changeAddress(MacAddress address) {
        addresses.add(address);
    }

    @Override
    public void promiscuous(boolean on) {
        promiscuous.add(on);
    }

    @Override
    public void send(byte[] frame) {
        sent.add(new Sent(Duration.ofNanos(timeline.now()), frame));
        wire.accept(frame);
    }

    @Override
    public Listening listen(Consumer<byte[]> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
