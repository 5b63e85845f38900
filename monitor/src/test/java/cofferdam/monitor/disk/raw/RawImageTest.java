package cofferdam.monitor.disk.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.Oracle;
import cofferdam.monitor.disk.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

final class RawImageTest {

    @TempDir
    Path folder;

    @Test
    void aRawImageIsItsFile() throws IOException {
        byte[] disk = Oracle.disk(1 << 20);

        RawImage image = RawImage.open(ByteSource.of(disk));

        assertThat(image.problems()).isEmpty();
        assertThat(Accounting.extents(image)).hasSize(1);
        Accounting.assertComplete(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcow2", "qed", "vmdk", "vhdx", "vdi", "vpc"})
    void aContainersHeaderInARawImageIsToldAndNotFollowed(String format) throws Exception {
        Path path = folder.resolve("image");
        Oracle.in(folder).qemuImg().run("create", "-f", format, path.toString(), "8M");
        byte[] file = Files.readAllBytes(path);

        RawImage image = RawImage.open(ByteSource.of(file));

        assertThat(Refused.kinds(image.problems())).containsExactly(RawProblem.IMAGE_HEADER_IN_RAW);
        assertThat(image.problems().getFirst().detail()).contains(format);
        assertThat(image.views().getFirst().content().read(0, file.length)).isEqualTo(file);
    }

    @Test
    void anEmptyFileIsAnEmptyDisk() throws IOException {
        RawImage image = RawImage.open(ByteSource.of(new byte[0]));

        assertThat(Accounting.extents(image)).isEmpty();
        assertThat(image.virtualSize()).isZero();
    }

    @Test
    void aRawDiskWritesThrough() throws IOException {
        MemoryFile file = new MemoryFile("old bytes".getBytes(StandardCharsets.UTF_8));
        BlockDevice disk = RawDisk.create(file, 4096);
        assertThat(disk.read(0, 4096)).isEqualTo(new byte[4096]);

        disk.write(510, new byte[] {1, 2, 3, 4});

        assertThat(file.read(510, 4)).containsExactly(1, 2, 3, 4);
        assertThat(file.size()).isEqualTo(4096);
        assertThat(RawDisk.open(file).read(510, 4)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aRawDiskDoesNotGrow() throws IOException {
        BlockDevice disk = RawDisk.create(new MemoryFile(), 4096);

        assertThat(Refused.kind(() -> disk.write(4095, new byte[2])))
                .isEqualTo(CommonProblem.TRUNCATED);
        assertThatThrownBy(() -> RawDisk.create(new MemoryFile(), 513))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
