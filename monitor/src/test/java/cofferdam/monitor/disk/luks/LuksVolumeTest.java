package cofferdam.monitor.disk.luks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

class LuksVolumeTest {

    private static final byte[] PASSPHRASE = Cryptsetup.PASSPHRASE;
    private static final String QUICK = "--pbkdf-force-iterations";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "aes-xts-plain64, 512, sha256",
        "aes-xts-plain64, 256, sha512",
        "aes-xts-plain, 512, sha1",
        "aes-cbc-essiv:sha256, 256, ripemd160",
        "aes-cbc-plain64, 128, whirlpool",
        "aes-cbc-plain, 256, sha256",
        "aes-ecb, 256, sha256",
    })
    void whatQemuDeciphersOfALuks1VolumeIsRead(String cipher, String bits, String hash)
            throws Exception {
        Cryptsetup cryptsetup = new Cryptsetup(Tool.named("cryptsetup"), folder);
        Path image =
                cryptsetup.make("luks1", QUICK, "1000", "-c", cipher, "-s", bits, "--hash", hash);

        LuksVolume volume = LuksVolume.open(source(image));

        assertThat(volume.version()).isEqualTo(1);
        assertThat(volume.payload().cipher()).isEqualTo(cipher);
        assertThat(volume.payload().keyBytes() * 8).isEqualTo(Integer.parseInt(bits));
        assertThat(volume.uuid())
                .isEqualTo(cryptsetup.tool().run("luksUUID", image.toString()).strip());
        ByteSource payload =
                unlocked(volume.unlock(PASSPHRASE, UnlockLimits.STANDARD)).payload();
        ByteSource byKey = unlocked(volume.unlockWithVolumeKey(
                        cryptsetup.volumeKey(image), UnlockLimits.STANDARD))
                .payload();
        byte[] all = payload.read(0, (int) payload.size());
        assertThat(byKey.read(0, (int) byKey.size())).isEqualTo(all);
        if (cipher.equals("aes-ecb")) {
            Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
            ecb.init(Cipher.DECRYPT_MODE, new SecretKeySpec(cryptsetup.volumeKey(image), "AES"));
            byte[] enciphered = source(image).read(volume.payload().offset(), all.length);
            assertThat(all).isEqualTo(ecb.doFinal(enciphered));
            return; // QEMU does not know it.
        }
        if (hash.equals("whirlpool")) {
            return; // Nor this one.
        }
        Path plain = folder.resolve("plain");
        Tool.named("qemu-img")
                .run(
                        "convert",
                        "--object",
                        "secret,id=s,data=correct horse",
                        "--image-opts",
                        "driver=luks,key-secret=s,file.filename=" + image,
                        "-O",
                        "raw",
                        plain.toString());
        assertThat(all).isEqualTo(Files.readAllBytes(plain));
    }

    @ParameterizedTest
    @CsvSource({
        "aes-xts-plain64, 512, 512, pbkdf2",
        "aes-xts-plain64, 512, 4096, pbkdf2",
        "aes-xts-plain64, 256, 512, argon2id",
        "aes-cbc-essiv:sha256, 256, 512, argon2i",
        "aes-cbc-plain64, 256, 2048, pbkdf2",
    })
    void aLuks2VolumeIsUnlocked(String cipher, String bits, int sectorSize, String pbkdf)
            throws Exception {
        Cryptsetup cryptsetup = new Cryptsetup(Tool.named("cryptsetup"), folder);
        boolean argon = pbkdf.startsWith("argon");
        Path image = cryptsetup.make(
                "luks2",
                "--pbkdf",
                pbkdf,
                QUICK,
                argon ? "4" : "1000",
                argon ? "--pbkdf-memory" : "--label",
                argon ? "1024" : "mine",
                "-c",
                cipher,
                "-s",
                bits,
                "--sector-size",
                Integer.toString(sectorSize));

        LuksVolume volume = LuksVolume.open(source(image));

        assertThat(volume.version()).isEqualTo(2);
        assertThat(volume.label()).isEqualTo(argon ? "" : "mine");
        assertThat(volume.payload())
                .isEqualTo(new Payload(
                        cipher, Integer.parseInt(bits) / 8, sectorSize, 2 << 20, 1 << 20, 0, ""));
        assertThat(volume.keySlots())
                .singleElement()
                .satisfies(slot -> assertThat(slot.pbkdf())
                        .isInstanceOf(argon ? Pbkdf.Argon2.class : Pbkdf.Pbkdf2.class));
        byte[] key = cryptsetup.volumeKey(image);
        Unlocking.Unlocked byKey = unlocked(volume.unlockWithVolumeKey(key, UnlockLimits.STANDARD));
        Unlocking.Unlocked byPassphrase =
                unlocked(volume.unlock(PASSPHRASE, UnlockLimits.STANDARD));
        assertThat(byPassphrase.payload().read(0, 1 << 20))
                .isEqualTo(byKey.payload().read(0, 1 << 20));
        if (cipher.contains("xts")) {
            byte[] enciphered = source(image).read((2 << 20) + 5L * sectorSize, sectorSize);
            assertThat(byKey.payload().read(5L * sectorSize, sectorSize))
                    .isEqualTo(xts(key, 5L * sectorSize / 512, enciphered));
        }
    }

    @Test
    void everySlotOpensAndAWrongPassphraseIsAResult() throws Exception {
        Cryptsetup cryptsetup = new Cryptsetup(Tool.named("cryptsetup"), folder);
        Path image = cryptsetup.make("luks2", "--pbkdf", "pbkdf2", QUICK, "1000");
        Path second = Files.writeString(folder.resolve("second"), "battery staple");
        cryptsetup
                .tool()
                .run(
                        "luksAddKey",
                        "--batch-mode",
                        "--pbkdf",
                        "pbkdf2",
                        QUICK,
                        "1000",
                        "--key-file",
                        cryptsetup.keyFile(),
                        image.toString(),
                        second.toString());
        LuksVolume volume = LuksVolume.open(source(image));

        assertThat(volume.keySlots()).extracting(KeySlot::number).containsExactly(0, 1);
        assertThat(volume.unlock(PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOf(Unlocking.Unlocked.class);
        assertThat(volume.unlock("battery staple".getBytes(UTF_8), UnlockLimits.STANDARD))
                .isInstanceOf(Unlocking.Unlocked.class);
        assertThat(volume.unlock("staple".getBytes(UTF_8), UnlockLimits.STANDARD))
                .isEqualTo(new Unlocking.WrongSecret());
        assertThat(volume.unlock(new byte[0], UnlockLimits.STANDARD))
                .isEqualTo(new Unlocking.WrongSecret());
        assertThat(volume.unlockWithVolumeKey(new byte[64], UnlockLimits.STANDARD))
                .isEqualTo(new Unlocking.WrongSecret());
    }

    @Test
    void aReencryptionUnderWayIsTold() throws Exception {
        Cryptsetup cryptsetup = new Cryptsetup(Tool.named("cryptsetup"), folder);
        Path image = cryptsetup.make("luks2", "--pbkdf", "pbkdf2", QUICK, "1000");
        cryptsetup
                .tool()
                .run(
                        "reencrypt",
                        "--init-only",
                        "--batch-mode",
                        "--force-offline-reencrypt",
                        "--pbkdf",
                        "pbkdf2",
                        QUICK,
                        "1000",
                        "--key-file",
                        cryptsetup.keyFile(),
                        image.toString());

        LuksVolume volume = LuksVolume.open(source(image));

        assertThat(volume.problems()).extracting(Problem::kind).contains(LuksProblem.REENCRYPTION);
        assertThat(volume.unlock(PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOf(Unlocking.Unlocked.class);
    }

    @Test
    void aVolumeMadeHereIsOpenedAndWrittenAgain() throws Exception {
        MemoryDisk disk = MemoryDisk.of(2 << 20);
        Luks2Options options = Luks2Options.quick(1000);
        LuksVolume.format(disk, PASSPHRASE, new Random(2), options)
                .write(100, "first".getBytes(UTF_8));

        BlockDevice again = unlocked(
                        LuksVolume.open(disk).unlock(PASSPHRASE, UnlockLimits.STANDARD))
                .on(disk);
        assertThat(new String(again.read(100, 5), UTF_8)).isEqualTo("first");
        again.write(5000, "second".getBytes(UTF_8));

        ByteSource read = unlocked(LuksVolume.open(disk).unlock(PASSPHRASE, UnlockLimits.STANDARD))
                .payload();
        assertThat(new String(read.read(5000, 6), UTF_8)).isEqualTo("second");
    }

    @Test
    void everyByteOutsideThePayloadIsInOnePlainRange() throws Exception {
        MemoryDisk disk = MemoryDisk.of((2 << 20) + 700);
        LuksVolume.format(disk, PASSPHRASE, new Random(3), Luks2Options.quick(1000));

        List<PlainRange> ranges = LuksVolume.open(disk).plainRanges();

        assertThat(ranges)
                .containsExactly(
                        new PlainRange("first LUKS2 header", 0, 16_384),
                        new PlainRange("second LUKS2 header", 16_384, 16_384),
                        new PlainRange("key slot 0", 32_768, 258_048),
                        new PlainRange("unused space", 290_816, (1 << 20) - 290_816),
                        new PlainRange("unused space", (2 << 20) + 512, 188));
    }

    @Test
    void thePlainRangesOfLuks1AreItsHeaderAndSlots() throws Exception {
        byte[] image = LuksHeader1.create(PASSPHRASE, new Random(4), 1000).bytes();

        LuksVolume volume =
                LuksVolume.open(ByteSource.of(Arrays.copyOf(image, image.length + 512)));

        assertThat(volume.plainRanges())
                .startsWith(
                        new PlainRange("LUKS1 header", 0, 592),
                        new PlainRange("unused space", 592, 4096 - 592),
                        new PlainRange("key slot 0", 4096, 256_000))
                .hasSize(2 + 8 * 2)
                .last()
                .isEqualTo(new PlainRange("unused space", LuksHeader1.SIZE - 2048, 2048));
        assertThat(volume.problems())
                .extracting(Problem::kind)
                .containsExactlyInAnyOrder(LuksProblem.NO_INTEGRITY, LuksProblem.QUICK_DERIVATION);
    }

    @Test
    void aVolumeIsRecognisedByItsFirstOrElseItsSecondHeader() throws Exception {
        MemoryDisk disk = MemoryDisk.of(2 << 20);
        assertThat(LuksVolume.recognises(disk)).isFalse();
        LuksVolume.format(disk, PASSPHRASE, new Random(5), Luks2Options.quick(1000));
        assertThat(LuksVolume.recognises(disk)).isTrue();

        disk.write(0, new byte[4096]);
        assertThat(LuksVolume.recognises(disk)).isTrue();
        LuksVolume volume = LuksVolume.open(disk);
        assertThat(volume.problems()).extracting(Problem::kind).contains(LuksProblem.CHECKSUM);
        assertThat(volume.unlock(PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOf(Unlocking.Unlocked.class);

        disk.write(1080, new byte[] {0x53, (byte) 0xef});
        assertThat(LuksVolume.recognises(disk)).isFalse();
        assertThat(LuksVolume.recognises(new MemoryFile())).isFalse();
        assertThat(LuksVolume.recognises(ByteSource.of(new byte[] {'L', 'U', 'K', 'S'})))
                .isFalse();
    }

    private static ByteSource source(Path image) throws Exception {
        return ByteSource.of(Files.readAllBytes(image));
    }

    private static Unlocking.Unlocked unlocked(Unlocking unlocking) {
        return assertThat(unlocking)
                .asInstanceOf(type(Unlocking.Unlocked.class))
                .actual();
    }

    /** One sector by the definition, block by block. */
    private static byte[] xts(byte[] key, long number, byte[] enciphered) throws Exception {
        Cipher data = Cipher.getInstance("AES/ECB/NoPadding");
        data.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 0, key.length / 2, "AES"));
        Cipher tweaks = Cipher.getInstance("AES/ECB/NoPadding");
        tweaks.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(key, key.length / 2, key.length / 2, "AES"));
        byte[] tweak = tweaks.doFinal(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
        byte[] plain = new byte[enciphered.length];
        for (int at = 0; at < plain.length; at += 16) {
            byte[] block = Arrays.copyOfRange(enciphered, at, at + 16);
            xor(block, tweak);
            block = data.doFinal(block);
            xor(block, tweak);
            System.arraycopy(block, 0, plain, at, 16);
            int carry = 0;
            for (int i = 0; i < 16; i++) {
                int doubled = (tweak[i] & 0xff) << 1 | carry;
                tweak[i] = (byte) doubled;
                carry = doubled >> 8;
            }
            tweak[0] ^= (byte) (carry * 0x87);
        }
        return plain;
    }

    private static void xor(byte[] bytes, byte[] others) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= others[i];
        }
    }
}
