package cofferdam.monitor.packet;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Bytes for tests of the codecs. */
final class Frames {

    private static final int ROUNDS = 20_000;

    private Frames() {}

    /** The bytes that pairs of hexadecimal digits name; spaces and line ends mean nothing. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    /**
     * Gives the reader every beginning of the bytes, then many damaged copies; says with which seed
     * it threw.
     */
    static void damage(byte[] sound, Consumer<byte[]> reader) {
        for (int length = 0; length <= sound.length; length++) {
            reader.accept(Arrays.copyOf(sound, length));
        }
        for (long seed = 0; seed < ROUNDS; seed++) {
            readDamaged(sound, new SplittableRandom(seed), reader, seed);
        }
    }

    private static void readDamaged(
            byte[] sound, SplittableRandom random, Consumer<byte[]> reader, long seed) {
        byte[] damaged = sound.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        try {
            reader.accept(damaged);
        } catch (RuntimeException e) {
            throw new AssertionError("seed %d".formatted(seed), e);
        }
    }
}
