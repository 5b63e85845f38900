package cofferdam.monitor.linux;

import java.util.function.Consumer;

/** A serial line to a guest, which loses nothing but when its far end is gone. */
public interface ConsoleLine {

    /** Sends bytes to the guest; never waits. */
    void send(byte[] bytes);

    /** Hands over what comes from the guest, on the thread of the host's clock; replaces a listener. */
    void listen(Consumer<byte[]> listener);
}
