package cofferdam.monitor.disk.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Holds what is read against mkswap. */
class SwapAreaTest {

    private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";
    private static final int SIZE = 1 << 20;
    private static final long SEED = 20261122;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {4096, 8192, 16384, 32768, 65536})
    void whatMkswapMadeIsReadWhateverThePageSize(int pageSize) throws Exception {
        ByteSource swap = ByteSource.of(made(pageSize));

        SwapArea area = SwapArea.read(swap);

        assertThat(SwapArea.recognises(swap)).isTrue();
        assertThat(area.pageSize()).isEqualTo(pageSize);
        assertThat(area.version()).isEqualTo(1);
        assertThat(area.size()).isEqualTo(SIZE);
        assertThat(area.uuid()).isEqualTo(UUID);
        assertThat(area.label()).isEqualTo("my swap");
        assertThat(area.suspendedImage()).isEmpty();
        assertThat(area.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"S1SUSPEND", "S2SUSPEND", "ULSUSPEND", "LINHIB0001"})
    void theMemoryOfASuspendedMachineIsToldWithTheArea(String signature) throws Exception {
        byte[] bytes = made(4096);
        byte[] name = Arrays.copyOf(signature.getBytes(StandardCharsets.US_ASCII), 10);
        System.arraycopy(name, 0, bytes, 4086, 10);

        SwapArea area = SwapArea.read(ByteSource.of(bytes));

        assertThat(area.suspendedImage()).isEqualTo(signature);
        assertThat(area.uuid()).isEqualTo(UUID);
    }

    @Test
    void theOldFormatIsRecognised() throws Exception {
        byte[] bytes = new byte[8192];
        System.arraycopy("SWAP-SPACE".getBytes(StandardCharsets.US_ASCII), 0, bytes, 4086, 10);

        SwapArea area = SwapArea.read(ByteSource.of(bytes));

        assertThat(area.version()).isZero();
        assertThat(area.size()).isEqualTo(8192);
        assertThat(area.label()).isEmpty();
    }

    @Test
    void anAreaOfAnotherByteOrderIsRead() throws Exception {
        byte[] bytes = made(4096);
        Arrays.fill(bytes, 1024, 1036, (byte) 0);
        bytes[1027] = 1;
        bytes[1031] = (byte) 255;

        assertThat(SwapArea.read(ByteSource.of(bytes)).size()).isEqualTo(SIZE);
    }

    @Test
    void anAreaThatIsCutIsTold() throws Exception {
        byte[] bytes = Arrays.copyOf(made(4096), SIZE / 2);

        assertThat(SwapArea.read(ByteSource.of(bytes)).problems())
                .extracting(problem -> problem.kind())
                .containsExactly(CommonProblem.TRUNCATED);
    }

    @Test
    void otherBytesAreNoSwapArea() throws Exception {
        for (int size : new int[] {0, 1, 4095, 4096, 65536, 70000}) {
            ByteSource source = ByteSource.of(new byte[size]);

            assertThat(SwapArea.recognises(source)).isFalse();
            assertThatThrownBy(() -> SwapArea.read(source))
                    .isInstanceOf(MalformedImageException.class);
        }
    }

    @Test
    void mutationsNeverRaiseAnythingUnchecked() throws Exception {
        byte[] bytes = made(4096);
        int count = Boolean.getBoolean("cofferdam.sweep") ? 20_000 : 500;
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            byte[] mutated = Arrays.copyOf(bytes, random.nextInt(4096, 16384));
            for (int k = random.nextInt(1, 8); k > 0; k--) {
                mutated[1024 + random.nextInt(HEADER)] = (byte) random.nextInt();
            }
            try {
                assertThat(SwapArea.read(ByteSource.of(mutated)).size()).isPositive();
            } catch (IOException e) {
                throw new AssertionError("seed %d, iteration %d".formatted(SEED, i), e);
            } catch (RuntimeException e) {
                throw new AssertionError("seed %d, iteration %d".formatted(SEED, i), e);
            }
        }
    }

    private static final int HEADER = 44;

    private byte[] made(int pageSize) throws Exception {
        Path image = Files.write(folder.resolve("swap.raw"), new byte[SIZE]);
        Tool.named("mkswap")
                .run("-p", "" + pageSize, "-L", "my swap", "-U", UUID, image.toString());
        return Files.readAllBytes(image);
    }
}
