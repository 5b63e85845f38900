package cofferdam.analysis.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What benchmarks search: one MiB of random bytes and one of text, in turn. The text is the source
 * code of the JDK that runs.
 */
public final class SampleFile {

    private static final int PART_BYTES = 1 << 20;
    private static final int TEXT_BYTES = 64 << 20;

    private SampleFile() {}

    /** Writes a file of so many bytes. */
    public static void write(Path file, long size) throws IOException {
        byte[] text = text();
        var random = new SplittableRandom(1);
        byte[] part = new byte[PART_BYTES];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long at = 0; at < size; at += 2 * PART_BYTES) {
                random.nextBytes(part);
                out.write(part);
                out.write(text, (int) (at / 2 % (text.length - PART_BYTES)), PART_BYTES);
            }
        }
    }

    private static byte[] text() throws IOException {
        Path sources = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        var out = new ByteArrayOutputStream(TEXT_BYTES);
        try (var zip = new ZipFile(sources.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (out.size() < TEXT_BYTES && entry.getName().endsWith(".java")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
            }
        }
        return Arrays.copyOf(out.toByteArray(), TEXT_BYTES);
    }
}
