package cofferdam.monitor.linux;

import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.wire.FrameWire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A guest's process on the host, from its start to its end. */
public interface RunningGuest extends AutoCloseable {

    /** The number of the process that runs the guest. */
    long process();

    /** Why it has ended, for people; empty while it runs. */
    Optional<String> ended();

    /** The line by which the testbed drives the guest. */
    ConsoleLine console();

    /** The last of what the guest's kernel has said on its own console, at most 16 KiB of text. */
    String kernelLog();

    /** The far end of the guest's network interface under test. */
    FrameWire network();

    /** The far end of the interface by which the guest's kernel relays raw frames. */
    FrameWire relay();

    /**
     * Has the monitor copy every frame of the guest's interface under test, as whoever owns the
     * process can.
     *
     * @param copies takes them, on the thread of the host's clock
     * @throws IOException if the hypervisor has no means of it; the message says why
     */
    Tap tap(FrameSink copies) throws IOException;

    /**
     * Has the monitor's own management interface end the guest, without asking it; returns before it
     * has ended.
     *
     * @throws IOException if the monitor refuses
     */
    void powerOff() throws IOException;

    /** Something that is copied until it is closed. */
    interface Tap {
        /** No more copies. */
        void close();
    }

    /**
     * Has the monitor write the guest's whole memory, as it is now, to a file in the work folder.
     *
     * @return the file, from the guest's physical address 0 on; the next call replaces it
     * @throws IOException if the monitor has no means of it, or does not do it; the message says why
     */
    default Path physicalMemory() throws IOException {
        throw new IOException("the monitor has no means of writing a guest's memory to a file");
    }

    /**
     * What the guest was given, as it is configured, with the places at which its devices are by now.
     *
     * @throws IOException if the monitor does not tell the places
     */
    default List<GivenDevice> devices() throws IOException {
        return List.of();
    }

    /** Cuts the power: the process and all that belongs to it is gone when this returns. */
    @Override
    void close();
}
