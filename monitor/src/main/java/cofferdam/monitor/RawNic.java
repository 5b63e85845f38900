package cofferdam.monitor;

import cofferdam.monitor.address.MacAddress;

import java.util.function.Consumer;

/**
 * A network interface used as a packet socket uses it: whole Ethernet frames in both directions,
 * beside the machine's own network stack, which goes on unaware.
 */
public interface RawNic {

    /** The interface's name in the machine, such as {@code eth0}. */
    String name();

    /** The address that the interface has now. */
    MacAddress address();

    /** Gives the interface another address, as {@code ip link set address} does. */
    void changeAddress(MacAddress address);

    /**
     * Asks for promiscuous mode. Whether it has an effect is the monitor's policy; nothing tells
     * the caller.
     */
    void promiscuous(boolean on);

    /** Sends a frame as it is. The array must not be changed afterwards. */
    void send(byte[] frame);

    /**
     * Hands over every frame that the interface passes up from now on, those for the machine's own
     * stack included. The arrays must not be changed.
     */
    Listening listen(Consumer<byte[]> listener);

    /** A listener at work. */
    interface Listening {
        /** No further frame is handed over. */
        void stop();
    }
}
