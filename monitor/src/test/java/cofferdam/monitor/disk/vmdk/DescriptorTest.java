package cofferdam.monitor.disk.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.Hostile;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.Reference.Role;
import cofferdam.monitor.disk.Refused;
import cofferdam.monitor.disk.raw.RawProblem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Descriptors, by themselves and embedded, and the files that they name. */
final class DescriptorTest {

    private static final String START = "# Disk DescriptorFile\nversion=1\nparentCID=ffffffff\n";

    @Test
    void wordsMayBeInEitherCaseAndLinesEndInEitherWay() throws Exception {
        VmdkImage image = open(
                "# DISK DESCRIPTORFILE\r\nVERSION=1\r\nPARENTFILENAMEHINT = \"base.vmdk\"\r\n"
                        + "rw 1 flat \"a.img\" 1\r\nRdOnly 1 vmfs \"a.img\" 0\r\nrw 2 zero\r\n",
                always(bytes(1024, 1)));

        assertThat(image.references())
                .containsExactly(
                        new Reference(Role.BACKING, "base.vmdk", "vmdk"),
                        new Reference(Role.EXTENT, "a.img", "raw"));
        assertThat(image.files()).hasSize(2);
        byte[] disk = image.views().getFirst().content().read(0, 2048);
        assertThat(disk).startsWith(bytes(1024, 1)).endsWith(new byte[1024]);
        assertThat(image.problems()).isEmpty();
        assertThat(image.walk(extent -> {})).isEmpty();
        Accounting.assertComplete(open(START + "RW 2 FLAT \"a\" 0\n", always(bytes(1024, 3))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/shadow",
                "../other/disk.img",
                "a/../../b",
                "C:\\disk.img",
                "\\\\host\\share",
                "json:{}",
                "nbd://host/",
                "..\\up.img"
            })
    void aPathOutOfTheFolderIsToldAndTheOpenerDecides(String name) throws Exception {
        List<Reference> asked = new ArrayList<>();
        VmdkImage image = open(START + "RW 8 FLAT \"" + name + "\" 0\n", reference -> {
            asked.add(reference);
            return Optional.empty();
        });

        assertThat(Refused.kinds(image.problems()))
                .containsExactly(VmdkProblem.EXTENT_OUTSIDE_FOLDER, VmdkProblem.EXTENT_NOT_OPENED);
        assertThat(image.problems().getFirst().detail()).contains(name);
        assertThat(asked).containsExactly(new Reference(Role.EXTENT, name, "raw"));
        assertThat(Refused.kind(() -> image.views().getFirst().content().read(0, 1)))
                .isEqualTo(VmdkProblem.EXTENT_NOT_OPENED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RW 8 FLAT \"/dev/sda\" 0", "RW 8 FLAT \"\\\\.\\PhysicalDrive0\" 0",
                "RW 8 VMFSRDM \"x-rdm.vmdk\"", "RW 8 VMFSRAW \"raw.vmdk\""
            })
    void aDeviceIsToldAndNeverAskedFor(String line) throws Exception {
        VmdkImage image = open(START + line + "\n", reference -> {
            throw new AssertionError(reference);
        });

        assertThat(Refused.kinds(image.problems())).containsExactly(VmdkProblem.DEVICE_EXTENT);
        assertThat(image.references()).hasSize(1);
        assertThat(image.virtualSize()).isEqualTo(8 * 512);
    }

    @Test
    void theRestOfADiskIsReadWhenAnExtentIsMissing() throws Exception {
        VmdkImage image = open(
                START + "RW 2 FLAT \"gone.img\" 0\nRW 2 FLAT \"here.img\" 0\n",
                reference -> reference.name().equals("here.img")
                        ? Optional.of(ByteSource.of(bytes(1024, 5)))
                        : Optional.empty());

        assertThat(image.views().getFirst().content().read(1024, 1024)).isEqualTo(bytes(1024, 5));
        assertThat(Accounting.extents(image))
                .extracting(extent -> extent.guestOffset())
                .contains(1024L);
    }

    @Test
    void aShortFlatFileIsToldAndFailsOnlyWhereItIsShort() throws Exception {
        VmdkImage image = open(START + "RW 4 FLAT \"a\" 0\n", always(bytes(1024, 5)));

        assertThat(Refused.kinds(image.problems())).containsExactly(VmdkProblem.EXTENT_SIZE);
        assertThat(image.views().getFirst().content().read(0, 1024)).isEqualTo(bytes(1024, 5));
        assertThat(Refused.kind(() -> image.views().getFirst().content().read(1000, 100)))
                .isEqualTo(CommonProblem.TRUNCATED);
    }

    @Test
    void twoExtentsOnTheSameBytesAreTold() throws Exception {
        VmdkImage image =
                open(START + "RW 2 FLAT \"a\" 0\nRW 2 FLAT \"a\" 1\n", always(bytes(4096, 5)));

        assertThat(Refused.kinds(image.walk(extent -> {})))
                .containsExactly(ContainerProblem.OVERLAPPING_DATA);
    }

    @Test
    void theHeaderOfAnotherFormatInAFlatFileIsTold() throws Exception {
        byte[] flat = new byte[4096];
        System.arraycopy(new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3}, 0, flat, 0, 8);

        VmdkImage image = open(START + "RW 8 FLAT \"a\" 0\n", always(flat));

        assertThat(Refused.kinds(image.problems())).containsExactly(RawProblem.IMAGE_HEADER_IN_RAW);
    }

    @Test
    void aSparseExtentThatIsADescriptorIsNotFollowed() throws Exception {
        String loop = START + "RW 8 SPARSE \"loop.vmdk\"\n";

        VmdkImage image = open(loop, always(loop.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(Refused.kinds(image.problems())).containsExactly(CommonProblem.TRUNCATED);
        assertThat(image.files()).hasSize(2);
    }

    @Test
    void unreadExtentTypesAreNamed() throws Exception {
        VmdkImage image = open(START + "RW 8 SESPARSE \"a.vmdk\"\n", Opener.NOTHING);

        assertThat(Refused.kinds(image.problems())).containsExactly(CommonProblem.NOT_READ);
    }

    @Test
    void textBehindANulIsTold() throws Exception {
        VmdkImage image =
                open(START + "RW 1 ZERO\n\0RW 1 FLAT \"/etc/shadow\" 0\n", Opener.NOTHING);

        assertThat(Refused.kinds(image.problems())).containsExactly(VmdkProblem.DESCRIPTOR_NUL);
        assertThat(image.virtualSize()).isEqualTo(512);
    }

    @Test
    void namesAreReadInTheEncodingThatIsDeclared() throws Exception {
        String text = START + "encoding=\"Shift_JIS\"\nRW 1 FLAT \"仮想.img\" 0\n";

        VmdkImage image = VmdkImage.open(
                ByteSource.of(text.getBytes(Charset.forName("Shift_JIS"))), Opener.NOTHING);

        assertThat(image.references()).containsExactly(new Reference(Role.EXTENT, "仮想.img", "raw"));
    }

    @Test
    void pathsOfTheHostAreTold() throws Exception {
        VmdkImage image = open(
                START + "parentFileNameHint=\"/vmfs/volumes/x/base.vmdk\"\n"
                        + "changeTrackPath=\"disk-ctk.vmdk\"\nRW 1 ZERO\n",
                Opener.NOTHING);

        assertThat(Refused.kinds(image.problems()))
                .containsExactly(
                        VmdkProblem.CHANGE_TRACKING, ContainerProblem.PARENT_OUTSIDE_FOLDER);
    }

    @Test
    void anExtentOfImpossibleLengthIsRefused() {
        assertThat(Refused.kind(() -> open(START + "RW 999999999999999999 ZERO\n", Opener.NOTHING)))
                .isEqualTo(VmdkProblem.DESCRIPTOR);
        String large = "RW 18000000000000000 ZERO\n";
        assertThat(Refused.kind(() -> open(START + large + large, Opener.NOTHING)))
                .isEqualTo(CommonProblem.LIMIT);
    }

    @Test
    void moreThanAReaderShouldTakeIsRefused() {
        String extents = START + "RW 1 ZERO\n".repeat(5000);
        String entries = START + lines(5000);
        String comments = START + "#".repeat(2 << 20);

        for (String text : List.of(extents, entries, comments)) {
            assertThat(Refused.kind(() -> open(text, Opener.NOTHING)))
                    .isEqualTo(CommonProblem.LIMIT);
        }
    }

    @Test
    void anEmbeddedDescriptorThatNamesOtherExtentsIsTold() throws Exception {
        Patched image = Patched.image().withDescriptor(START + "RW 2048 FLAT \"/etc/shadow\" 0\n");

        assertThat(Refused.kinds(VmdkImage.open(image.file(), Opener.NOTHING).problems()))
                .containsExactly(
                        VmdkProblem.CONTRADICTING_DESCRIPTOR, VmdkProblem.EXTENT_OUTSIDE_FOLDER);
    }

    @Test
    void anEmbeddedDescriptorOfAnEmptySparseFileCounts() throws Exception {
        Patched image = Patched.image()
                .with(Patched.CAPACITY, 0L)
                .withDescriptor(START + "RW 2048 FLAT \"/etc/shadow\" 0\n");

        VmdkImage opened = VmdkImage.open(image.file(), Opener.NOTHING);

        assertThat(opened.virtualSize()).isEqualTo(2048 * 512);
        assertThat(kinds(opened))
                .containsExactly(VmdkProblem.EXTENT_OUTSIDE_FOLDER, VmdkProblem.EXTENT_NOT_OPENED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COWD", "\u00be\u00ba\u00fe\u00ca\0\0\0\0"})
    void otherSparseKindsAreNamedAsNotRead(String magic) throws Exception {
        byte[] file = new byte[1024];
        byte[] start = magic.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, file, 0, start.length);

        assertThat(VmdkImage.recognises(ByteSource.of(file))).isTrue();
        assertThat(Refused.kind(() -> VmdkImage.open(ByteSource.of(file), Opener.NOTHING)))
                .isEqualTo(CommonProblem.NOT_READ);
    }

    @Test
    void mutationsAreReadOrRefused() throws Exception {
        byte[] valid = (START + "CID=12345678\ncreateType=\"custom\"\nencoding=\"GBK\"\n"
                        + "parentFileNameHint=\"p.vmdk\"\n\nRW 2 FLAT \"a.img\" 1\n"
                        + "RW 2048 SPARSE \"b.vmdk\"\nRW 7 ZERO\nNOACCESS 3 FLAT \"c\" 0\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteSource extent = Patched.image().file();

        Hostile.mutate(
                valid,
                valid.length,
                file -> Hostile.exhaust(VmdkImage.open(file, reference -> Optional.of(extent))));
    }

    private static String lines(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("key").append(i).append("=1\n");
        }
        return text.toString();
    }

    private static List<ProblemKind> kinds(VmdkImage image) {
        return Refused.kinds(image.problems());
    }

    private static VmdkImage open(String text, Opener opener) throws IOException {
        return VmdkImage.open(ByteSource.of(text.getBytes(StandardCharsets.ISO_8859_1)), opener);
    }

    private static Opener always(byte[] file) {
        return reference -> Optional.of(ByteSource.of(file));
    }

    private static byte[] bytes(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
