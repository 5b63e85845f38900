package cofferdam.monitor.disk;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Drives a parser with damaged images: it may refuse them, but in no other way than it says. */
public final class Hostile {

    /** Reads as a whole image is read, and gives up where it must. */
    @FunctionalInterface
    public interface Reading {

        void read(ByteSource file) throws IOException;
    }

    private static final int MUTATIONS = Boolean.getBoolean("cofferdam.sweep") ? 20_000 : 500;
    private static final long SEED = 0x5eed;
    private static final int LARGEST_READ = 1 << 20;

    private Hostile() {}

    /** Changes a few bytes at a time, mostly within the first and last of them, and cuts sometimes. */
    public static void mutate(byte[] valid, int front, Reading reading) {
        for (int i = 0; i < MUTATIONS; i++) {
            Random random = new Random(SEED + i);
            ByteSource file = ByteSource.of(mutated(valid, front, random));
            survive("seed %d iteration %d".formatted(SEED, i), file, reading);
        }
    }

    /** Cuts the image after each of the given numbers of bytes. */
    public static void truncate(byte[] valid, int step, Reading reading) {
        for (int length = 0; length < valid.length; length += step) {
            ByteSource file = ByteSource.of(Arrays.copyOf(valid, length));
            survive("cut after %d bytes".formatted(length), file, reading);
        }
    }

    /** Reads, walks and decodes everything that an image offers, up to a mebibyte of each view. */
    public static void exhaust(DiskImage image) throws IOException {
        for (View view : image.views()) {
            long size = view.content().size();
            readSome(view.content(), 0, size);
            readSome(view.content(), Math.max(0, size - LARGEST_READ), size);
        }
        int[] decoded = {0};
        image.walk(extent -> {
            if (extent.kind() == Extent.Kind.COMPRESSED && decoded[0]++ < 16) {
                try {
                    image.decode(extent);
                } catch (IOException expected) {
                    // A damaged grain is told, not decoded.
                }
            }
        });
    }

    private static void readSome(ByteSource source, long from, long size) {
        try {
            source.read(from, (int) Math.min(LARGEST_READ, size - from));
        } catch (IOException expected) {
            // What the tables lead to need not be there.
        }
    }

    private static byte[] mutated(byte[] valid, int front, Random random) {
        byte[] bytes = valid.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int where = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(bytes.length);
                case 1 -> bytes.length - 1 - random.nextInt(Math.min(1536, bytes.length));
                default -> random.nextInt(Math.min(front, bytes.length));
            };
            bytes[where] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) (random.nextBoolean() ? 0xff : 0);
                default -> (byte) (bytes[where] ^ (1 << random.nextInt(8)));
            };
        }
        return random.nextInt(8) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private static void survive(String which, ByteSource file, Reading reading) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    try {
                        reading.read(file);
                    } catch (IOException expected) {
                        // Refusing is fine.
                    } catch (RuntimeException | Error e) {
                        fail(which, e);
                    }
                },
                which);
    }
}
