package cofferdam.monitor.net;

import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.VantageCapture;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A machine's network interface. It transmits what its machine sends, and passes up what arrives by
 * its cable if its address filter lets it: first to the raw listeners, then to the machine's own
 * network stack. In promiscuous mode it also passes up frames for others, which a stack must ignore
 * of itself. What it transmits and what it passes up is captured.
 */
public final class Nic implements RawNic, FrameSink {

    private static final FrameSink NO_CABLE = (buffer, offset, length) -> {};
    private static final Stack NO_STACK = frame -> {};

    private final Identity identity;
    private final Control control;
    private final AddressFilter filter;
    private final Evidence evidence;
    private final LongSupplier clock;
    private final VantageCapture capture;
    private final int captureInterface;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private FrameSink cable = NO_CABLE;
    private Stack stack = NO_STACK;
    private MacAddress address;
    private long[] groups = {};
    private boolean requested;
    private boolean open;

    /**
     * An interface without a cable, which is captured under its machine's name.
     *
     * @param control what this interface tells to the monitor, or {@link Control#PHYSICAL}
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    public Nic(Identity identity, Control control, Evidence evidence, LongSupplier clock) {
        this(identity, control, AddressFilter.STANDARD, evidence, clock);
    }

    /**
     * An interface that a host shares among its guests: since it must receive for all their
     * addresses, it passes up whatever arrives, and requests for promiscuous mode change nothing.
     *
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    public static Nic shared(Identity identity, Evidence evidence, LongSupplier clock) {
        return new Nic(identity, Control.PHYSICAL, AddressFilter.OPEN, evidence, clock);
    }

    Nic(
            Identity identity,
            Control control,
            AddressFilter filter,
            Evidence evidence,
            LongSupplier clock) {
        this.identity = identity;
        this.control = control;
        this.filter = filter;
        this.evidence = evidence;
        this.clock = clock;
        capture = evidence.capture(identity.machine());
        captureInterface = capture.addInterface(
                identity.name(), identity.description(), identity.configured());
        address = identity.configured();
    }

    /** Plugs a cable in; what the interface transmits goes there. */
    public void plug(FrameSink cable) {
        this.cable = cable;
    }

    /**
     * Sets the groups whose frames the interface passes up from now on, besides its own address and
     * broadcast.
     */
    public void join(Collection<MacAddress> joined) {
        groups = joined.stream().mapToLong(MacAddress::value).toArray();
    }

    /** Sets the network stack of the machine. */
    public void stack(Stack stack) {
        this.stack = stack;
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public MacAddress address() {
        return address;
    }

    /**
     * @throws IllegalArgumentException if the address is a group's or zero, which no station can
     * have
     */
    @Override
    public void changeAddress(MacAddress changed) {
        if (!FrameHeader.isStation(changed.value())) {
            throw new IllegalArgumentException("interface %s of %s cannot have the address %s"
                    .formatted(identity.name(), identity.machine(), changed));
        }
        if (changed.equals(address)) {
            return;
        }
        address = changed;
        evidence.record(new Event.AddressChanged(
                clock.getAsLong(), identity.machine(), identity.name(), changed));
        control.addressChanged(changed);
        stack.addressChanged(changed);
    }

    @Override
    public void promiscuous(boolean on) {
        if (on == requested) {
            return;
        }
        requested = on;
        evidence.record(new Event.PromiscuousChanged(
                clock.getAsLong(), identity.machine(), identity.name(), on));
        open = control.promiscuous(on);
    }

    /**
     * Sends a frame as it is; a runt or giant, which no cable carries, is discarded as a driver
     * does.
     */
    @Override
    public void send(byte[] frame) {
        if (FrameHeader.isCarried(frame, 0, frame.length)) {
            captured(Direction.OUTBOUND, frame, 0, frame.length);
            cable.accept(frame, 0, frame.length);
        }
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

    /** A frame arrives by the cable. */
    @Override
    public void accept(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (!FrameHeader.isCarried(buffer, offset, length)
                || !passes(FrameHeader.destination(buffer, offset))) {
            return;
        }
        captured(Direction.INBOUND, buffer, offset, length);
        byte[] frame = Arrays.copyOfRange(buffer, offset, offset + length);
        for (Listener listener : listeners) {
            listener.hear(frame);
        }
        stack.receive(frame);
    }

    private boolean passes(long destination) {
        return filter.passes(destination, address.value(), open)
                || (FrameHeader.isGroup(destination) && isJoined(destination));
    }

    private boolean isJoined(long group) {
        for (long joined : groups) {
            if (joined == group) {
                return true;
            }
        }
        return false;
    }

    private void captured(Direction direction, byte[] buffer, int offset, int length) {
        capture.frame(captureInterface, clock.getAsLong(), direction, buffer, offset, length);
    }

    /**
     * Which interface it is.
     *
     * @param machine the machine, which is also the vantage of the capture
     * @param name the name in the machine, such as {@code eth0}
     * @param description one line for readers of the capture
     * @param configured the address that the interface was configured with
     */
    public record Identity(
            String machine, String name, String description, MacAddress configured) {}

    /** A machine's own network stack, as its interface sees it. */
    @FunctionalInterface
    public interface Stack {

        /** Takes a frame that the interface passes up; the array is fresh. */
        void receive(byte[] frame);

        /** The interface has another address. */
        default void addressChanged(MacAddress address) {}
    }

    /** What an interface tells to whatever implements it. */
    public interface Control {

        /** Hardware that does as it is told and tells nobody. */
        Control PHYSICAL = new Control() {
            @Override
            public void addressChanged(MacAddress address) {
                // The hardware's new address filter is all that there is to it.
            }

            @Override
            public boolean promiscuous(boolean requested) {
                return requested;
            }
        };

        /** The machine gave the interface another address. */
        void addressChanged(MacAddress address);

        /**
         * The machine asks for promiscuous mode, or for its end.
         *
         * @return whether the interface passes up all that arrives from now on
         */
        boolean promiscuous(boolean requested);
    }

    /** Decides what an interface passes up. */
    @FunctionalInterface
    interface AddressFilter {

        /** Its own address and broadcast; all if it is open. */
        AddressFilter STANDARD = (destination, own, open) ->
                open || destination == own || destination == MacAddress.BROADCAST.value();

        /** Everything. */
        AddressFilter OPEN = (destination, own, open) -> true;

        /**
         * Whether a frame is passed up.
         *
         * @param destination the frame's 48-bit destination address
         * @param own the interface's 48-bit address
         * @param open whether promiscuous mode is in effect
         */
        boolean passes(long destination, long own, boolean open);
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
