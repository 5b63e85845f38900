package cofferdam.monitor.disk.luks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MalformedImageException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

class LuksWriterTest {

    private static final byte[] PASSPHRASE = "open sesame".getBytes(UTF_8);
    private static final int SIZE = 2 << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"512,false", "4096,false", "512,true"})
    void cryptsetupOpensWhatIsFormatted(int sectorSize, boolean argon) throws Exception {
        Tool cryptsetup = Tool.named("cryptsetup");
        Pbkdf pbkdf = argon
                ? new Pbkdf.Argon2(Pbkdf.Argon2.Variant.ID, 4, 256, 1)
                : new Pbkdf.Pbkdf2(Hash.SHA512, 1000);
        MemoryDisk disk = MemoryDisk.of(SIZE);
        LuksVolume.format(
                disk,
                PASSPHRASE,
                new Random(3),
                new Luks2Options(CipherMode.XTS_PLAIN64, 64, sectorSize, pbkdf, 1 << 20, "mine"));
        Path image = Files.write(folder.resolve("image"), disk.file().toByteArray());
        Path key = Files.write(folder.resolve("key"), PASSPHRASE);

        assertThat(cryptsetup.run("luksDump", image.toString()))
                .contains("Label:         \tmine")
                .contains("sector: %d [bytes]".formatted(sectorSize));
        cryptsetup.run(
                "luksOpen", "--test-passphrase", "--key-file", key.toString(), image.toString());
    }

    @Test
    void cryptsetupOpensALuks1Header() throws Exception {
        Tool cryptsetup = Tool.named("cryptsetup");
        LuksHeader1 header = LuksHeader1.create(PASSPHRASE, new Random(4), 1000);
        Path image = folder.resolve("image");
        Files.write(image, Arrays.copyOf(header.bytes(), LuksHeader1.SIZE + 4096));
        Path key = Files.write(folder.resolve("key"), PASSPHRASE);

        assertThat(cryptsetup.run("luksDump", image.toString())).contains("Payload offset:\t4040");
        cryptsetup.run(
                "luksOpen", "--test-passphrase", "--key-file", key.toString(), image.toString());
    }

    @Test
    void qemuReadsWhatIsEncipheredUnderALuks1Header() throws Exception {
        Tool qemu = Tool.named("qemu-img");
        LuksHeader1 header = LuksHeader1.create(PASSPHRASE, new Random(5), 1000);
        byte[] plain = new byte[8192];
        new Random(6).nextBytes(plain);
        byte[] image = Arrays.copyOf(header.bytes(), LuksHeader1.SIZE + plain.length);
        System.arraycopy(plain, 0, image, LuksHeader1.SIZE, plain.length);
        header.cipher().encrypt(0, image, LuksHeader1.SIZE, plain.length);
        Path file = Files.write(folder.resolve("image"), image);
        Path deciphered = folder.resolve("plain");

        qemu.run(
                "convert",
                "--object",
                "secret,id=s,data=open sesame",
                "--image-opts",
                "driver=luks,key-secret=s,file.filename=" + file,
                "-O",
                "raw",
                deciphered.toString());

        assertThat(Files.readAllBytes(deciphered)).isEqualTo(plain);
    }

    @Test
    void theSameSeedMakesTheSameVolume() throws Exception {
        MemoryDisk one = MemoryDisk.of(SIZE);
        MemoryDisk other = MemoryDisk.of(SIZE);

        LuksVolume.format(one, PASSPHRASE, new Random(7), Luks2Options.quick(1000));
        LuksVolume.format(other, PASSPHRASE, new Random(7), Luks2Options.quick(1000));

        assertThat(one.file().toByteArray()).isEqualTo(other.file().toByteArray());
    }

    @Test
    void aPayloadReadsBackWhatWasWrittenAtAnyOffset() throws Exception {
        MemoryDisk disk = MemoryDisk.of(SIZE);
        BlockDevice payload =
                LuksVolume.format(disk, PASSPHRASE, new Random(8), Luks2Options.quick(1000));
        byte[] model = new byte[(int) payload.size()];
        payload.write(0, model);
        Random random = new Random(9);
        for (int i = 0; i < 200; i++) {
            byte[] some = new byte[random.nextInt(3000)];
            random.nextBytes(some);
            int at = random.nextInt(model.length - some.length);
            payload.write(at, some);
            System.arraycopy(some, 0, model, at, some.length);
        }

        assertThat(payload.size()).isEqualTo(1 << 20);
        assertThat(payload.read(0, model.length)).isEqualTo(model);
        assertThat(payload.read(1000, 3001)).isEqualTo(Arrays.copyOfRange(model, 1000, 4001));
        assertThat(payload.read(513, 7)).isEqualTo(Arrays.copyOfRange(model, 513, 520));
    }

    @Test
    void nothingOfThePayloadIsPlainOnTheDisk() throws Exception {
        MemoryDisk disk = MemoryDisk.of(SIZE);
        BlockDevice payload =
                LuksVolume.format(disk, PASSPHRASE, new Random(10), Luks2Options.quick(1000));

        payload.write(777, "a secret of the guest".getBytes(UTF_8));

        assertThat(new String(
                        disk.file().toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("a secret of the guest");
    }

    @Test
    void aDiskWithoutRoomIsRefused() throws Exception {
        MemoryDisk small = MemoryDisk.of(1 << 20);

        assertThatExceptionOfType(MalformedImageException.class)
                .isThrownBy(() -> LuksVolume.format(
                        small, PASSPHRASE, new Random(11), Luks2Options.quick(1000)));
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Luks2Options(
                        CipherMode.XTS_PLAIN64,
                        48,
                        512,
                        new Pbkdf.Pbkdf2(Hash.SHA256, 1000),
                        1 << 20,
                        ""));
    }
}
