package cofferdam.monitor.guest;

import cofferdam.monitor.address.MacAddress;

import java.util.function.Consumer;

/** The network interface as the machine's own stack sees it: an address, and a way out. */
final class Link {

    private final Consumer<byte[]> output;
    private MacAddress address;

    Link(MacAddress address, Consumer<byte[]> output) {
        this.address = address;
        this.output = output;
    }

    MacAddress address() {
        return address;
    }

    void changeAddress(MacAddress changed) {
        address = changed;
    }

    void send(byte[] frame) {
        output.accept(frame);
    }
}
