package cofferdam.monitor.disk.ext;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whatever an image says, nothing but an {@link IOException} comes out, and soon. */
class ExtMutationTest {

    private static final int ROUNDS = System.getProperty("cofferdam.sweep") == null ? 500 : 20_000;
    private static final Duration GUARD = Duration.ofSeconds(20).multipliedBy(ROUNDS / 500);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ext2 -b 1024 -g 512",
                "-t ext3 -b 1024",
                "-t ext4 -b 1024 -O inline_data",
                "-t ext4 -b 1024 -O ^metadata_csum,^has_journal,meta_bg,^resize_inode -g 512"
            })
    void mutationsRaiseOnlyIoExceptions(String options) throws Exception {
        byte[] valid = small(options);

        assertTimeoutPreemptively(GUARD, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] mutated = mutate(valid, new Random(round));
                try {
                    readEverything(mutated);
                } catch (RuntimeException | Error e) {
                    fail("options %s, seed %d".formatted(options, round), e);
                }
            }
        });
    }

    private byte[] small(String options) throws Exception {
        Path content = Files.createDirectories(folder.resolve("content"));
        Files.createDirectories(content.resolve("folder/below"));
        Files.write(content.resolve("folder/large"), new byte[400_000]);
        Files.write(content.resolve("folder/below/small"), new byte[100]);
        Files.write(content.resolve("tiny"), new byte[10]);
        for (int number = 0; number < 20; number++) {
            Files.write(content.resolve("n".repeat(60) + number), new byte[1]);
        }
        Path image = folder.resolve("small.img");
        String[] arguments = ("-q -F %s -d %s %s %s"
                        .formatted(options, content, image, options.contains("ext3") ? "4M" : "2M")
                        .replace("ext3 -b 1024", "ext3 -b 1024 -J size=1")
                        .replace("inline_data", "inline_data,^has_journal"))
                .split(" ");
        Tool.named("mke2fs").run(arguments);
        Tool.named("debugfs").run("-w", "-R", "rm tiny", image.toString());
        return Files.readAllBytes(image);
    }

    /** Changes few or many bytes, mostly where structures are, or cuts the end off. */
    private static byte[] mutate(byte[] valid, Random random) {
        byte[] mutated = valid.clone();
        int changes = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
        int reach = random.nextInt(4) == 0 ? valid.length : 120 * 1024;
        for (int change = 0; change < changes; change++) {
            int at = change == 0 && random.nextInt(3) == 0
                    ? 1024 + random.nextInt(400)
                    : random.nextInt(reach);
            mutated[at] = random.nextInt(3) == 0 ? (byte) -1 : (byte) random.nextInt();
        }
        return random.nextInt(8) == 0
                ? Arrays.copyOf(mutated, random.nextInt(mutated.length))
                : mutated;
    }

    private static void readEverything(byte[] image) {
        ByteSource source = ByteSource.of(image);
        try {
            if (!ExtFileSystem.recognises(source)) {
                return;
            }
            ExtFileSystem opened = ExtFileSystem.open(source);
            opened.walk(extent -> {
                if (extent.length() <= 0
                        || extent.offset() < 0
                        || extent.offset() > image.length - extent.length()) {
                    throw new IllegalStateException("outside: " + extent);
                }
            });
            for (String path : List.of("/folder/large", "/folder/below/small")) {
                var file = opened.file(path);
                if (file.isPresent() && file.get().size() < 1 << 20) {
                    file.get().read(0, (int) file.get().size());
                }
            }
        } catch (IOException e) {
            assertThatCode(e::getMessage).doesNotThrowAnyException();
        }
    }
}
