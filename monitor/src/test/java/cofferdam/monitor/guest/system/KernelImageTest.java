package cofferdam.monitor.guest.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

class KernelImageTest {

    private static final int PAYLOAD = 5 * 512;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xfffe, 0xffff, 0x10000, 200_000})
    void aKernelOfAnySizeLoads(int size) {
        assertThatCode(() -> KernelImage.load(kernel(size))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xffff, 0x10000, 200_000})
    void gzipUnpacksThePayload(int size, @TempDir Path folder) throws Exception {
        byte[] kernel = kernel(size);
        byte[] code = new byte[size];
        new SplittableRandom(1).nextBytes(code);
        Path payload = folder.resolve("payload.gz");
        Files.write(payload, Arrays.copyOfRange(kernel, PAYLOAD, kernel.length));

        assertThat(Tool.named("gzip").output("-dc", payload.toString())).isEqualTo(code);
    }

    @Test
    void theHeaderIsOfTheBootProtocolThatHasAPayload() {
        ByteBuffer header = ByteBuffer.wrap(kernel(10)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(header.get(0x1f1)).isEqualTo((byte) 4);
        assertThat(header.getShort(0x1fe)).isEqualTo((short) 0xaa55);
        assertThat(header.getInt(0x202)).isEqualTo(0x53726448);
        assertThat(header.getShort(0x206)).isEqualTo((short) 0x0208);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            510   | kernel: the kernel file has no boot header
            0x203 | kernel: the kernel file has no boot header
            0x24f | kernel: the kernel's payload is cut off
            0x24b | kernel: the kernel's payload is cut off
            0x1f1 | kernel: the kernel's payload is cut off
            2560  | kernel: the kernel does not unpack
            2562  | kernel: the kernel does not unpack
            2570  | kernel: the kernel does not unpack
            2571  | kernel: the kernel does not unpack
            3000  | kernel: the kernel does not unpack
            """)
    void aDamagedByteIsNoticed(String at, String message) {
        byte[] kernel = kernel(1000);
        kernel[Integer.decode(at)] ^= 0x55;

        assertThatThrownBy(() -> KernelImage.load(kernel))
                .isInstanceOf(BootFailure.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aKernelThatEndsEarlyIsNoticedWhereverItEnds() {
        byte[] kernel = kernel(100);
        for (int length = 0; length < kernel.length; length++) {
            byte[] cut = Arrays.copyOf(kernel, length);
            assertThatThrownBy(() -> KernelImage.load(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(BootFailure.class);
        }
    }

    @Test
    void everyBitOfThePayloadsCodeCounts() {
        byte[] kernel = kernel(50);
        for (int bit = 0; bit < 50 * 8; bit++) {
            byte[] changed = kernel.clone();
            changed[PAYLOAD + 15 + bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> KernelImage.load(changed))
                    .as("bit %d", bit)
                    .isInstanceOf(BootFailure.class);
        }
    }

    @Test
    void aPayloadThatUnpacksToTooMuchIsRefused() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(Arrays.copyOf(kernel(0), PAYLOAD));
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            zip.write(new byte[(16 << 20) + 1]);
        }
        byte[] kernel = bomb.toByteArray();
        ByteBuffer.wrap(kernel)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x24c, kernel.length - PAYLOAD);

        assertThatThrownBy(() -> KernelImage.load(kernel))
                .hasMessage("kernel: the kernel does not fit memory");
    }

    private static byte[] kernel(int size) {
        return KernelImage.of(size, new SplittableRandom(1));
    }
}
