package cofferdam.monitor.disk.bitlocker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

class BitLockerVolumeTest {

    private static final int ROUNDS = System.getProperty("cofferdam.sweep") == null ? 500 : 20_000;

    @TempDir
    Path folder;

    @Test
    void cryptsetupReadsTheSampleToo() throws Exception {
        byte[] image = BitLockerSample.windows7(0x8004, 0x0100, 0x0800).bytes();
        Path file = Files.write(folder.resolve("image"), image);

        String dump = Tool.named("cryptsetup").run("bitlkDump", file.toString());

        assertThat(dump).contains("xts-plain64", "1048576 [bytes]", "TPM", "recovery pass");
    }

    @Test
    void aVolumeOfWindows7IsRead() throws Exception {
        ByteSource source = BitLockerSample.windows7(0x8004, 0x0100, 0x0800).source();

        assertThat(BitLockerVolume.recognises(source)).isTrue();
        BitLockerVolume volume = BitLockerVolume.open(source);
        assertThat(volume.variant()).isEqualTo(Variant.WINDOWS_7);
        assertThat(volume.method()).isEqualTo(EncryptionMethod.AES_XTS_128);
        assertThat(volume.protectors()).containsExactly(Protector.TPM, Protector.RECOVERY_PASSWORD);
        assertThat(volume.encryptedSize()).isEqualTo(BitLockerSample.SIZE);
        assertThat(volume.problems()).isEmpty();
        assertThat(volume.plainRanges())
                .containsExactly(
                        new PlainRange("first sectors", 0, 8192),
                        new PlainRange("copy of the metadata", 131_072, 65_536),
                        new PlainRange("copy of the metadata", 327_680, 65_536),
                        new PlainRange("copy of the metadata", 524_288, 65_536));
    }

    @Test
    void aVolumeToGoIsRead() throws Exception {
        BitLockerVolume volume =
                BitLockerVolume.open(BitLockerSample.toGo(0x8000, 0x2000).source());

        assertThat(volume.variant()).isEqualTo(Variant.TO_GO);
        assertThat(volume.method()).isEqualTo(EncryptionMethod.AES_CBC_128_DIFFUSER);
        assertThat(volume.protectors()).containsExactly(Protector.PASSWORD);
    }

    @Test
    void aVolumeOfVistaIsRead() throws Exception {
        BitLockerVolume volume =
                BitLockerVolume.open(BitLockerSample.vista(0x8001, 0x0200).source());

        assertThat(volume.variant()).isEqualTo(Variant.VISTA);
        assertThat(volume.protectors()).containsExactly(Protector.STARTUP_KEY);
        assertThat(volume.problems()).isEmpty();
        assertThat(volume.plainRanges())
                .contains(new PlainRange("copy of the metadata", 524_288, 16_384))
                .hasSize(4);
    }

    @Test
    void aSuspendedVolumeIsTold() throws Exception {
        assertKinds(BitLockerSample.windows7(0x8005, 0x0100, 0x0000), BitLockerProblem.SUSPENDED);
    }

    @Test
    void whatIsNotEncipheredYetIsTold() throws Exception {
        BitLockerSample sample = BitLockerSample.windows7(0x8005, 0x0800).encryptedSize(700_000);

        assertKinds(sample, BitLockerProblem.PARTIAL);
        assertThat(BitLockerVolume.open(sample.source()).plainRanges())
                .last()
                .isEqualTo(
                        new PlainRange("not enciphered", 700_000, BitLockerSample.SIZE - 700_000));
    }

    @Test
    void weakAndUnknownMethodsAreTold() throws Exception {
        assertKinds(BitLockerSample.windows7(0x8002, 0x0800), BitLockerProblem.WEAK_MODE);
        assertKinds(BitLockerSample.windows7(0x9999, 0x0800), BitLockerProblem.UNKNOWN_METHOD);
        assertKinds(BitLockerSample.windows7(0, 0x0800), BitLockerProblem.NOT_ENCRYPTED);
        assertKinds(
                BitLockerSample.windows7(0x8004, 0x0800).onWrite(),
                BitLockerProblem.ENCRYPT_ON_WRITE);
    }

    @Test
    void damagedAndDifferingCopiesAreTold() throws Exception {
        int first = BitLockerSample.COPIES[0];
        assertKinds(
                BitLockerSample.windows7(0x8004, 0x0800).number(first, 0),
                BitLockerProblem.METADATA);
        assertKinds(
                BitLockerSample.windows7(0x8004, 0x0800).number(160 + 16, -5),
                BitLockerProblem.METADATA);
        assertKinds(
                BitLockerSample.windows7(0x8004, 0x0800)
                        .number(first + 16, BitLockerSample.SIZE - 1),
                BitLockerProblem.METADATA_DIFFERS);
        byte[] cut = Arrays.copyOf(BitLockerSample.windows7(0x8004).bytes(), 100_000);
        assertThatExceptionOfType(MalformedImageException.class)
                .isThrownBy(() -> BitLockerVolume.open(ByteSource.of(cut)))
                .satisfies(
                        e -> assertThat(e.problem().kind()).isEqualTo(BitLockerProblem.METADATA));
    }

    @Test
    void otherVolumesAreNotRecognised() throws Exception {
        byte[] fat = new byte[4096];
        System.arraycopy("MSWIN4.1".getBytes(US_ASCII), 0, fat, 3, 8);

        assertThat(BitLockerVolume.recognises(ByteSource.of(fat))).isFalse();
        assertThat(BitLockerVolume.recognises(ByteSource.of(new byte[511]))).isFalse();
        assertThatExceptionOfType(MalformedImageException.class)
                .isThrownBy(() -> BitLockerVolume.open(ByteSource.of(fat)));
    }

    @Test
    void mutatedVolumesRaiseOnlyIoExceptions() {
        byte[][] samples = {
            BitLockerSample.windows7(0x8004, 0x0100, 0x0800).bytes(),
            BitLockerSample.toGo(0x8000, 0x2000, 0).bytes(),
            BitLockerSample.vista(0x8001, 0x0200).bytes()
        };
        Random random = new Random(30);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] image = samples[round % samples.length].clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = switch (random.nextInt(3)) {
                    case 0 -> random.nextInt(512);
                    case 1 -> BitLockerSample.COPIES[random.nextInt(3)] + random.nextInt(112);
                    default -> BitLockerSample.COPIES[0] + 112 + random.nextInt(120);
                };
                image[at] = random.nextInt(3) == 0 ? (byte) 0xff : (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(image.length) : image.length;
            byte[] cut = Arrays.copyOf(image, length);
            String name = "seed 30, round " + round;
            try {
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> examine(cut), name);
            } catch (RuntimeException e) {
                fail(name, e);
            }
        }
    }

    private static void examine(byte[] image) {
        try {
            BitLockerVolume volume = BitLockerVolume.open(ByteSource.of(image));
            long end = 0;
            for (PlainRange range : volume.plainRanges()) {
                assertThat(range.offset()).isGreaterThanOrEqualTo(end);
                end = range.offset() + range.length();
            }
            assertThat(end).isLessThanOrEqualTo(image.length);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(MalformedImageException.class);
        }
    }

    private static void assertKinds(BitLockerSample sample, BitLockerProblem kind)
            throws IOException {
        assertThat(BitLockerVolume.open(sample.source()).problems())
                .extracting(Problem::kind)
                .containsExactly(kind);
    }
}
