package cofferdam.monitor.pcapng;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Captures for tests. */
final class Captures {

    static final CaptureInterface FIRST = new CaptureInterface(
            "eth0", "first \u2014 of vm1", MacAddress.parse("02:00:00:00:00:01"));
    static final CaptureInterface SECOND =
            new CaptureInterface("eth1", "second", MacAddress.parse("02:00:00:00:00:02"));

    private Captures() {}

    static byte[] written(Consumer<PcapngWriter> script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(Channels.newChannel(out))) {
            script.accept(writer);
        }
        return out.toByteArray();
    }

    static byte[] file(List<CapturedFrame> frames) {
        return written(writer -> {
            writer.addInterface(FIRST);
            writer.addInterface(SECOND);
            frames.forEach(frame -> put(writer, frame));
        });
    }

    static void put(PcapngWriter writer, CapturedFrame frame) {
        writer.frame(
                frame.interfaceNumber(),
                frame.time(),
                frame.direction(),
                frame.bytes(),
                0,
                frame.bytes().length);
    }

    /** Frames in a form that can be compared. */
    static List<String> texts(List<CapturedFrame> frames) {
        return frames.stream()
                .map(frame -> "%d on %d at %d %s %s"
                        .formatted(
                                frame.number(),
                                frame.interfaceNumber(),
                                frame.time(),
                                frame.direction(),
                                HexFormat.of().formatHex(frame.bytes())))
                .toList();
    }

    static List<CapturedFrame> random(SplittableRandom random, int count, int longest) {
        List<CapturedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(longest + 1)];
            random.nextBytes(bytes);
            frames.add(new CapturedFrame(
                    i + 1,
                    random.nextInt(2),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextBoolean() ? Direction.INBOUND : Direction.OUTBOUND,
                    bytes));
        }
        return frames;
    }
}
