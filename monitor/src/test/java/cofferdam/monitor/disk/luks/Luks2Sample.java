package cofferdam.monitor.disk.luks;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** A LUKS2 volume whose JSON can be exchanged, with right checksums. */
final class Luks2Sample {

    static final byte[] PASSPHRASE = "pass".getBytes(UTF_8);

    private final byte[] image;

    Luks2Sample() {
        image = Made.IMAGE.clone();
    }

    /** Splitting the key takes long enough to do it once only. */
    private static final class Made {
        static final byte[] IMAGE = image();

        private static byte[] image() {
            try {
                MemoryDisk disk = MemoryDisk.of((1 << 20) + 8192);
                LuksVolume.format(disk, PASSPHRASE, new Random(1), Luks2Options.quick(1000));
                return disk.file().toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    String json() {
        int end = 4096;
        while (image[end] != 0) {
            end++;
        }
        return new String(image, 4096, end - 4096, UTF_8);
    }

    Luks2Sample replace(String from, String to) {
        if (!json().contains(from)) {
            throw new IllegalArgumentException(from + " is not in " + json());
        }
        return json(json().replace(from, to));
    }

    Luks2Sample json(String json) {
        for (int header : new int[] {0, 16_384}) {
            Arrays.fill(image, header + 4096, header + 16_384, (byte) 0);
            byte[] text = json.getBytes(UTF_8);
            System.arraycopy(text, 0, image, header + 4096, Math.min(text.length, 12_288));
            seal(header);
        }
        return this;
    }

    /** Puts 8 bytes into one header, and makes its checksum right. */
    Luks2Sample number(int header, int at, long number) {
        ByteBuffer.wrap(image).putLong(header + at, number);
        seal(header);
        return this;
    }

    private void seal(int header) {
        Arrays.fill(image, header + 448, header + 512, (byte) 0);
        byte[] sum = Hash.SHA256.digest(Arrays.copyOfRange(image, header, header + 16_384));
        System.arraycopy(sum, 0, image, header + 448, sum.length);
    }

    byte[] bytes() {
        return image;
    }

    ByteSource source() {
        return ByteSource.of(image);
    }
}
