package cofferdam.monitor.linux;

import cofferdam.monitor.RunningTime;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.packet.Ethernet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Shows that an interface in promiscuous mode hears what is not meant for it: puts a frame for the
 * address of every other machine on the line to it, and waits until each is heard. All that went to
 * the interface before is heard then too.
 */
final class ListeningTest {

    /** IEEE Std 802: for experiments on one network; no machine answers it. */
    private static final int ETHER_TYPE = 0x88b5;

    private static final MacAddress SENDER = MacAddress.parse("02:ff:00:00:00:05");
    private static final int FRAME_BYTES = Ethernet.MINIMUM_WIRE_BYTES;

    /** How often the frames are put on the line, as a guest that is busy may lose some. */
    private static final int ATTEMPTS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RunningTime time;
    private final List<MacAddress> others;
    private final FrameSink line;
    private final Set<MacAddress> awaited = new HashSet<>();
    private long number;

    /**
     * A test that can be made again and again.
     *
     * @param others the addresses of the other machines
     * @param line leads to the interface
     */
    ListeningTest(RunningTime time, List<MacAddress> others, FrameSink line) {
        this.time = time;
        this.others = List.copyOf(others);
        this.line = line;
    }

    /**
     * Makes it; the events of the run go on meanwhile.
     *
     * @param possible whether there is still anybody who could hear
     * @return whether every frame was heard
     */
    boolean passes(BooleanSupplier possible) {
        number++;
        awaited.clear();
        awaited.addAll(others);
        for (int attempt = 0; attempt < ATTEMPTS && !over(possible); attempt++) {
            for (MacAddress other : List.copyOf(awaited)) {
                line.accept(frame(other), 0, FRAME_BYTES);
            }
            time.await(() -> over(possible), PATIENCE);
        }
        return !others.isEmpty() && awaited.isEmpty();
    }

    private boolean over(BooleanSupplier possible) {
        return awaited.isEmpty() || !possible.getAsBoolean();
    }

    /** Takes what the interface hears; says whether it is a frame of the test. */
    boolean takes(byte[] frame) {
        if (frame.length < Ethernet.HEADER_BYTES || !isOfTest(frame)) {
            return false;
        }
        MacAddress destination = Ethernet.destination(frame);
        if (Arrays.equals(frame, frame(destination))) {
            awaited.remove(destination);
        }
        return true;
    }

    private static boolean isOfTest(byte[] frame) {
        return Ethernet.source(frame).equals(SENDER) && Ethernet.etherType(frame) == ETHER_TYPE;
    }

    private byte[] frame(MacAddress destination) {
        byte[] payload =
                "cofferdam listening test %d".formatted(number).getBytes(StandardCharsets.US_ASCII);
        byte[] frame = Ethernet.frame(destination, SENDER, ETHER_TYPE, payload);
        return Arrays.copyOf(frame, FRAME_BYTES);
    }
}
