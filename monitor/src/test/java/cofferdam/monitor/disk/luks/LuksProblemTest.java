package cofferdam.monitor.disk.luks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class LuksProblemTest {

    private static final String PBKDF2 =
            "\"type\":\"pbkdf2\",\"hash\":\"sha256\",\"iterations\":1000";

    @Test
    void aVolumeOfFewIterationsHasThatAndNoIntegrity() throws Exception {
        assertThat(kinds(new Luks2Sample()))
                .containsExactlyInAnyOrder(LuksProblem.NO_INTEGRITY, LuksProblem.QUICK_DERIVATION);
    }

    @Test
    void manyIterationsAreNoProblem() throws Exception {
        assertThat(kinds(new Luks2Sample().replace(PBKDF2, PBKDF2.replace("1000", "2000000"))))
                .containsExactly(LuksProblem.NO_INTEGRITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes-ecb", "aes-cbc-plain", "serpent-ecb"})
    void weakModesAreTold(String cipher) throws Exception {
        assertThat(kinds(new Luks2Sample().replace("aes-xts-plain64", cipher)))
                .contains(LuksProblem.WEAK_MODE);
    }

    @Test
    void aNullCipherIsToldAndItsDataIsPlain() throws Exception {
        LuksVolume volume = LuksVolume.open(
                new Luks2Sample().replace("aes-xts-plain64", "cipher_null-ecb").source());

        assertThat(volume.problems()).extracting(Problem::kind).contains(LuksProblem.NULL_CIPHER);
        assertThat(volume.plainRanges())
                .contains(new PlainRange("data under a null cipher", 1 << 20, 8192));
    }

    @Test
    void anUnknownCipherIsToldAndRefused() throws Exception {
        LuksVolume volume = LuksVolume.open(new Luks2Sample()
                .replace("aes-xts-plain64", "twofish-xts-plain64")
                .source());

        assertThat(volume.problems())
                .extracting(Problem::kind)
                .contains(LuksProblem.UNKNOWN_CIPHER);
        assertThat(volume.unlock(Luks2Sample.PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOfSatisfying(
                        Unlocking.Refused.class,
                        it -> assertThat(it.problem().kind())
                                .isEqualTo(LuksProblem.UNKNOWN_CIPHER));
    }

    @Test
    void anOldHashIsTold() throws Exception {
        byte[] header = LuksHeader1.create(new byte[1], new Random(1), 1).bytes();
        ByteBuffer.wrap(header).putInt(208 + 4, 200_000);
        System.arraycopy("sha1\0\0".getBytes(UTF_8), 0, header, 72, 6);

        assertThat(LuksVolume.open(ByteSource.of(header)).problems())
                .extracting(Problem::kind)
                .containsExactlyInAnyOrder(
                        LuksProblem.WEAK_HASH, LuksProblem.NO_INTEGRITY, LuksProblem.DETACHED);
    }

    @Test
    void littleMemoryOfArgon2IsTold() throws Exception {
        assertThat(kinds(argon(1, 1024, 1))).contains(LuksProblem.QUICK_DERIVATION);
        assertThat(kinds(argon(4, 1 << 20, 4))).doesNotContain(LuksProblem.QUICK_DERIVATION);
    }

    @Test
    void headersThatContradictAreTold() throws Exception {
        assertThat(kinds(new Luks2Sample().number(16_384, 16, 7)))
                .contains(LuksProblem.HEADERS_DIFFER)
                .doesNotContain(LuksProblem.CHECKSUM);
    }

    @Test
    void aWrongChecksumIsToldAndTheOtherHeaderUsed() throws Exception {
        Luks2Sample sample = new Luks2Sample();
        sample.bytes()[5000] ^= 1;

        LuksVolume volume = LuksVolume.open(sample.source());

        assertThat(volume.problems()).extracting(Problem::kind).contains(LuksProblem.CHECKSUM);
        assertThat(volume.unlock(Luks2Sample.PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOf(Unlocking.Unlocked.class);

        sample.bytes()[16_384 + 5000] ^= 1;
        assertMalformed(sample, LuksProblem.CHECKSUM);
    }

    @Test
    void aDetachedHeaderIsTold() throws Exception {
        Luks2Sample sample = new Luks2Sample();
        byte[] header = Arrays.copyOf(sample.bytes(), 1 << 20);

        LuksVolume volume = LuksVolume.open(ByteSource.of(header));

        assertThat(volume.problems()).extracting(Problem::kind).contains(LuksProblem.DETACHED);
        assertThat(volume.payload().size()).isZero();
        assertThat(volume.unlock(Luks2Sample.PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOf(Unlocking.Unlocked.class);
    }

    @Test
    void integrityIsToldAndItsDataNotRead() throws Exception {
        LuksVolume volume = LuksVolume.open(new Luks2Sample()
                .replace(
                        "\"sector_size\":512",
                        "\"sector_size\":512,\"integrity\":{\"type\":\"hmac(sha256)\"}")
                .source());

        assertThat(volume.payload().integrity()).isEqualTo("hmac(sha256)");
        assertThat(volume.problems())
                .extracting(Problem::kind)
                .doesNotContain(LuksProblem.NO_INTEGRITY);
        assertThat(volume.unlock(Luks2Sample.PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOfSatisfying(
                        Unlocking.Refused.class,
                        it -> assertThat(it.problem().kind()).isEqualTo(CommonProblem.NOT_READ));
    }

    @Test
    void dataThatIsNotEncipheredYetIsPlain() throws Exception {
        Luks2Sample sample = new Luks2Sample()
                .replace(
                        "\"segments\":{",
                        "\"segments\":{\"1\":{\"type\":\"linear\",\"offset\":\"1052672\","
                                + "\"size\":\"4096\"},");
        LuksVolume volume = LuksVolume.open(
                sample.replace("\"size\":\"dynamic\"", "\"size\":\"4096\"").source());

        assertThat(volume.problems()).extracting(Problem::kind).contains(LuksProblem.REENCRYPTION);
        assertThat(volume.plainRanges())
                .contains(new PlainRange("data that is not enciphered yet", 1_052_672, 4096));
    }

    @Test
    void aKeySlotInTheDataIsTold() throws Exception {
        assertThat(kinds(new Luks2Sample()
                        .replace("\"offset\":\"32768\"", "\"offset\":\"1040000\"")))
                .contains(LuksProblem.KEY_SLOT_OUTSIDE);
        LuksVolume far = LuksVolume.open(new Luks2Sample()
                .replace("\"offset\":\"32768\"", "\"offset\":\"999999999999999999\"")
                .source());
        assertThat(far.unlock(Luks2Sample.PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOf(Unlocking.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {4L << 30, 999_999_999_999_999_999L})
    void argon2WithHugeMemoryIsRefused(long memory) throws Exception {
        assertRefused(argon(4, memory, 4), LuksProblem.TOO_COSTLY);
    }

    @Test
    void endlessDerivationsAreRefused() throws Exception {
        assertRefused(argon(999_999_999_999L, 1024, 1), LuksProblem.TOO_COSTLY);
        assertRefused(
                new Luks2Sample().replace(PBKDF2, PBKDF2.replace("1000", "999999999999999999")),
                LuksProblem.TOO_COSTLY);
    }

    @Test
    void impossibleDerivationsAreRefused() throws Exception {
        assertRefused(argon(0, 1024, 1), LuksProblem.INVALID);
        assertRefused(argon(1, 1024, 0), LuksProblem.INVALID);
        assertRefused(argon(1, 7, 1), LuksProblem.INVALID);
        assertRefused(argon(1, 1 << 20, 1 << 20), LuksProblem.INVALID);
        assertRefused(
                new Luks2Sample().replace(PBKDF2, PBKDF2.replace("1000", "0")),
                LuksProblem.INVALID);
    }

    @Test
    void limitsHoldOverAllKeySlots() throws Exception {
        LuksVolume volume = LuksVolume.open(new Luks2Sample().source());
        byte[] wrong = new byte[1];

        // 64 bytes of a key are two blocks of SHA-256; the digest is one.
        assertThat(volume.unlock(wrong, new UnlockLimits(3000, 0, 0)))
                .isEqualTo(new Unlocking.WrongSecret());
        assertThat(volume.unlock(wrong, new UnlockLimits(2999, 0, 0)))
                .isInstanceOf(Unlocking.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "null",
                "{\"keyslots\":{},\"segments\":{},\"digests\":{},\"config\":{}}",
                "{\"keyslots\":{\"x\":{}},\"segments\":{}}",
                "{\"keyslots\":1}",
                "{\"keyslots\":{},\"keyslots\":{}}",
                "{\"keyslots\":{\"0\":{\"type\":\"luks2\",\"area\":{\"offset\":-1,\"size\":1e9}}}}",
            })
    void impossibleJsonIsTold(String json) throws Exception {
        assertMalformed(new Luks2Sample().json(json), LuksProblem.INVALID);
    }

    @Test
    void deepAndLongJsonIsTold() throws Exception {
        assertMalformed(new Luks2Sample().json("[".repeat(12_000)), LuksProblem.INVALID);
        assertMalformed(new Luks2Sample().json("{\"a\":".repeat(2000)), LuksProblem.INVALID);
        assertMalformed(
                new Luks2Sample().json("{\"a\":" + "9".repeat(10_000) + "}"), LuksProblem.INVALID);
        StringBuilder slots = new StringBuilder("{\"keyslots\":{");
        for (int i = 0; i < 40; i++) {
            slots.append(i == 0 ? "" : ",").append("\"").append(i).append("\":{}");
        }
        assertMalformed(new Luks2Sample().json(slots + "}}"), CommonProblem.LIMIT);
    }

    @Test
    void manyTokensAreTold() throws Exception {
        byte[] image = new byte[8 << 20];
        byte[] json = ("{\"a\":[" + "0,".repeat(2_000_000) + "0]}").getBytes(UTF_8);
        ByteBuffer header = ByteBuffer.wrap(image);
        header.put(Luks2Header.MAGIC).putShort((short) 2).putLong(1 << 22);
        header.put(72, "sha256".getBytes(UTF_8)).put(4096, json);
        header.put(448, Hash.SHA256.digest(Arrays.copyOf(image, 1 << 22)));

        assertThatExceptionOfType(MalformedImageException.class)
                .isThrownBy(() -> LuksVolume.open(ByteSource.of(image)))
                .withMessageContaining("oken");
    }

    private static Luks2Sample argon(long passes, long memory, long lanes) throws Exception {
        return new Luks2Sample()
                .replace(
                        "\"kdf\":{" + PBKDF2,
                        "\"kdf\":{\"type\":\"argon2id\",\"time\":%d,\"memory\":%d,\"cpus\":%d"
                                .formatted(passes, memory, lanes));
    }

    private static void assertRefused(Luks2Sample sample, ProblemKind kind) throws Exception {
        assertThat(LuksVolume.open(sample.source())
                        .unlock(Luks2Sample.PASSPHRASE, UnlockLimits.STANDARD))
                .isInstanceOfSatisfying(
                        Unlocking.Refused.class,
                        it -> assertThat(it.problem().kind()).isEqualTo(kind));
    }

    private static void assertMalformed(Luks2Sample sample, ProblemKind kind) {
        assertThatExceptionOfType(MalformedImageException.class)
                .isThrownBy(() -> LuksVolume.open(sample.source()))
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(kind));
    }

    private static List<ProblemKind> kinds(Luks2Sample sample) throws Exception {
        return LuksVolume.open(sample.source()).problems().stream()
                .map(Problem::kind)
                .toList();
    }
}
