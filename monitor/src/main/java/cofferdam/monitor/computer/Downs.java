package cofferdam.monitor.computer;

import cofferdam.monitor.guest.kernel.GuestKernel;
import cofferdam.monitor.memory.GuestMemory;

import java.io.IOException;

/** Says that a computer is down. */
final class Downs {

    private Downs() {}

    /** The operating system that works. */
    static GuestKernel require(Computer computer) throws IOException {
        return computer.kernel()
                .orElseThrow(() -> new IOException("%s is down".formatted(computer.name())));
    }

    /** The memory of a computer that is on. */
    static GuestMemory memory(Computer computer) throws IOException {
        return computer.memory()
                .orElseThrow(() -> new IOException("%s is off".formatted(computer.name())));
    }
}
