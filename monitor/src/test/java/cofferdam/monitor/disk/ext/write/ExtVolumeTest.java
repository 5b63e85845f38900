package cofferdam.monitor.disk.ext.write;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Tool;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Held against {@code e2fsck} and {@code debugfs}. */
class ExtVolumeTest {

    @TempDir
    private Path folder;

    static Stream<TestDisk> disks() {
        return TestDisk.all();
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aNewFileSystemIsClean(TestDisk disk) throws Exception {
        disk.format();

        disk.requireClean(folder);
    }

    @ParameterizedTest
    @MethodSource("disks")
    void anySequenceOfChangesLeavesItCleanAndDebugfsReadsTheSameBytes(TestDisk disk)
            throws Exception {
        disk.format();
        ExtVolume volume = disk.open();
        Random random = new Random(20_031);
        Map<String, byte[]> expected = new HashMap<>();
        volume.createDirectory("/a");
        volume.createDirectory("/a/b");
        for (int round = 0; round < 60; round++) {
            String path = "%s/file%s%d"
                    .formatted(
                            Stream.of("", "/a", "/a/b").toList().get(random.nextInt(3)),
                            "x".repeat(random.nextInt(100)),
                            random.nextInt(1000));
            if (random.nextInt(3) == 0 && !expected.isEmpty()) {
                String victim = expected.keySet().stream()
                        .sorted()
                        .toList()
                        .get(random.nextInt(expected.size()));
                if (random.nextBoolean()) {
                    volume.delete(victim);
                    expected.remove(victim);
                    continue;
                }
                path = victim;
            }
            byte[] content = new byte[disk.someLength(random, volume.freeBytes())];
            random.nextBytes(content);
            volume.write(path, content);
            expected.put(path, content);
        }

        Path image = disk.requireClean(folder);
        ExtVolume reopened = disk.open();
        for (Map.Entry<String, byte[]> file : expected.entrySet()) {
            assertThat(reopened.read(file.getKey())).isEqualTo(file.getValue());
        }
        Tool debugfs = Tool.named("debugfs");
        for (String path : expected.keySet().stream().sorted().limit(3).toList()) {
            assertThat(debugfs.output("-R", "cat " + path, image.toString()))
                    .isEqualTo(expected.get(path));
        }
    }
}
