package cofferdam.attacks.disk;

import static cofferdam.attacks.disk.Storage.differences;
import static cofferdam.attacks.disk.Storage.filled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Attacks;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What whoever holds the host does with image files. */
class ImageAttacksTest {

    private static final int SIZE = 100_000;

    private final Storage storage = new Storage();

    static List<Attack> diskAttacks() {
        return Attacks.all().stream()
                .filter(attack -> attack.boundary() == Boundary.DISK)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("diskAttacks")
    void whatTheMachineHasNotIsTheReasonThatTheAttackIsMissing(Attack attack) {
        assertThatThrownBy(() -> attack.start(storage.adversary(attack, false, "vm1")))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("no disks");
    }

    @ParameterizedTest
    @MethodSource("diskAttacks")
    void whatStorageRefusesIsReportedAndEndsInOrder(Attack attack) {
        storage.refusal = "vm1.img is locked";
        Attack.Campaign campaign = storage.start(attack, "vm1");
        assertThat(campaign.ready()).isTrue();
        campaign.stop();
        campaign.stop();

        assertThat(campaign.stopped()).isTrue();
        assertThat(storage.reports)
                .isNotEmpty()
                .allMatch(report -> report.equals("refused: vm1.img is locked"));
        assertThat(storage.done).isEmpty();
    }

    @Test
    void theSearchReadsEveryVictimsImageAndSaysWhereTheWordIs() {
        storage.files.put("vm1.img", "xx password = password".getBytes(StandardCharsets.US_ASCII));
        storage.files.put("vm2.img", "xp.password".getBytes(StandardCharsets.UTF_16LE));
        storage.files.put("source.img", new byte[5]);
        storage.start(new ImageStringSearch(), "vm1", "vm2", "source");

        assertThat(storage.reports)
                .containsExactly(
                        "vm1.img: 'password' is 2 times in 22 bytes, first at 3",
                        "vm2.img: 'password' is 1 times in 22 bytes, first at 6",
                        "source.img: 'password' is not in 5 bytes");
        assertThat(storage.done).containsExactly("read vm1.img", "read vm2.img", "read source.img");
    }

    @Test
    void aVictimWithoutAnImageDoesNotHideTheOthers() {
        storage.files.put("vm2.img", new byte[5]);
        storage.start(new ImageStringSearch(), "vm1", "vm2");

        assertThat(storage.reports)
                .containsExactly("refused: vm1.img", "vm2.img: 'password' is not in 5 bytes");
    }

    @Test
    void aCopyLiesBesideTheImage() {
        storage.files.put("vm1.img", filled(9, 7));
        storage.start(new ImageCopy(), "vm1");

        assertThat(storage.files.get("vm1.img.copy")).isEqualTo(filled(9, 7));
        assertThat(storage.reports).containsExactly("vm1.img copied to vm1.img.copy");
    }

    @ParameterizedTest
    @CsvSource({"16, 300, 30000", "1, 0, 0", "65536, 1000, 100000", "7, 999, 99900"})
    void corruptionInsertsThatManyBytesAtThatPlace(int bytes, int position, int at) {
        byte[] before = new byte[SIZE];
        for (int index = 0; index < SIZE; index++) {
            before[index] = (byte) (index * 31);
        }
        storage.files.put("vm1.img", before);
        storage.counts.put("bytes", bytes);
        storage.counts.put("position", position);
        storage.start(new ImageCorruption(), "vm1");

        byte[] after = storage.files.get("vm1.img");
        assertThat(after).hasSize(SIZE + bytes);
        assertThat(Arrays.copyOf(after, at)).isEqualTo(Arrays.copyOf(before, at));
        assertThat(Arrays.copyOfRange(after, at + bytes, after.length))
                .isEqualTo(Arrays.copyOfRange(before, at, SIZE));
        assertThat(storage.done)
                .containsExactly(
                        "read vm1.img",
                        "replace vm1.img: %d bytes inserted at %d".formatted(bytes, at));
    }

    @ParameterizedTest
    @CsvSource({"metadata, 7", "file-data, 150"})
    void tamperingChangesOneBitOfEveryCipherBlockOfTheSectorThatIsMeant(String target, int sector) {
        byte[] now = images(7, 70, 150);
        tamper(target);

        byte[] after = storage.files.get("vm1.img");
        assertThat(after).hasSameSizeAs(now);
        List<Integer> changed = differences(now, after);
        assertThat(changed).hasSize(32);
        for (int step = 0; step < 32; step++) {
            assertThat(changed.get(step)).isEqualTo(sector * 512 + step * 16);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "file-data"})
    void anImageThatIsAsItWasIsLeftAlone(String target) {
        byte[] now = images();
        tamper(target);

        assertThat(storage.files.get("vm1.img")).isEqualTo(now);
        assertThat(storage.reports)
                .containsExactly("refused: the image is as it was when it was copied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "file-data", "roll-back"})
    void withoutACopyThereIsNothingToCompareWith(String target) {
        storage.files.put("vm1.img", filled(SIZE, 1));
        tamper(target);

        assertThat(storage.files.get("vm1.img")).isEqualTo(filled(SIZE, 1));
        assertThat(storage.reports).containsExactly("refused: vm1.img.copy");
    }

    @Test
    void whatAnImageGrewByIsChangedToo() {
        byte[] now = images();
        byte[] grown = Arrays.copyOf(now, now.length + 2048);
        storage.files.put("vm1.img", grown);
        tamper("file-data");

        assertThat(differences(grown, storage.files.get("vm1.img")))
                .hasSize(32)
                .allMatch(at -> at >= now.length / 512 * 512);
    }

    @Test
    void aHeaderIsChangedInItsFirstBytes() {
        byte[] now = images(7);
        tamper("header");

        assertThat(storage.files.get("vm1.img")).hasSameSizeAs(now);
        assertThat(differences(now, storage.files.get("vm1.img")))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aCutImageLosesItsLastQuarter() {
        byte[] now = images(7);
        tamper("length");

        assertThat(storage.files.get("vm1.img")).isEqualTo(Arrays.copyOf(now, SIZE - SIZE / 4));
    }

    @Test
    void aRollBackIsTheCopyByteForByte() {
        images(7, 70);
        byte[] copy = storage.files.get("vm1.img.copy").clone();
        tamper("roll-back");

        assertThat(storage.files.get("vm1.img")).isEqualTo(copy);
        assertThat(storage.files.get("vm1.img.copy")).isEqualTo(copy);
    }

    /** An image and its copy, which differ in these sectors; gives the image. */
    private byte[] images(int... sectors) {
        byte[] now = filled(SIZE, 9);
        storage.files.put("vm1.img.copy", now.clone());
        for (int sector : sectors) {
            now[sector * 512 + 100] ^= 1;
        }
        storage.files.put("vm1.img", now.clone());
        return now;
    }

    private void tamper(String target) {
        storage.choices.put("target", target);
        storage.start(new ImageTampering(), "vm1");
    }
}
