package cofferdam.monitor.uml;

import cofferdam.monitor.linux.ConsoleLine;
import cofferdam.monitor.linux.RunningGuest;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.process.ChildProcess;
import cofferdam.monitor.wire.FrameWire;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** A process of User-mode Linux. */
record RunningUml(ChildProcess child, FrameWire network, FrameWire relay) implements RunningGuest {

    /** Whoever owns the process could trace it, but its driver has nothing to be asked for. */
    static final String NO_TAP = "User-mode Linux hands a guest's frames to the testbed's fabric"
            + " through a socket: no interface of the host carries them, and it cannot copy them";

    @Override
    public long process() {
        return child.pid();
    }

    @Override
    public Optional<String> ended() {
        return child.ended();
    }

    @Override
    public ConsoleLine console() {
        return new ConsoleLine() {
            @Override
            public void send(byte[] bytes) {
                child.send(bytes);
            }

            @Override
            public void listen(Consumer<byte[]> listener) {
                child.output(listener);
            }
        };
    }

    @Override
    public String kernelLog() {
        return child.errors();
    }

    /** Nothing stands between the guest's interface and the testbed's own fabric. */
    @Override
    public Tap tap(FrameSink copies) throws IOException {
        throw new IOException(NO_TAP);
    }

    /** Its management console is a program of its own; a signal does the same. */
    @Override
    public void powerOff() {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
        network.close();
        relay.close();
    }
}
