package cofferdam.monitor.disk.vhd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Extent.Kind;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.Refused;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Differencing disks: whose bytes are whose, and how they name their parents. */
final class DifferencingVhdTest {

    private static final int RELATIVE = ParentLocator.WINDOWS_RELATIVE;
    private static final int ABSOLUTE = ParentLocator.WINDOWS_ABSOLUTE;

    @Test
    void theBitmapSaysWhichSectorsAreTheParents() throws Exception {
        byte[] parent = new byte[Patched.SIZE - 512];
        Arrays.fill(parent, (byte) 'p');
        VhdImage image = VhdImage.open(marked().file());

        ByteSource view =
                image.withBacking(ByteSource.of(parent)).views().getFirst().content();

        assertThat(view.read(0, 2)).containsExactly('a', 0);
        assertThat(view.read(511, 3)).containsExactly(0, 'p', 'p');
        byte[] around = view.read(7 * 512L - 1, 2 * 512 + 2);
        assertThat(around[0]).isEqualTo((byte) 'p');
        assertThat(Arrays.copyOfRange(around, 1, 1 + 2 * 512)).isEqualTo(new byte[1024]);
        assertThat(around[1 + 2 * 512]).isEqualTo((byte) 'p');
        assertThat(view.read(VhdDisk.BLOCK, 3)).containsExactly('p', 'p', 'p');
        assertThat(view.read(Patched.SIZE - 513, 3)).containsExactly('p', 0, 0);
    }

    @Test
    void withoutItsParentItReadsAsZerosThere() throws Exception {
        VhdImage image = VhdImage.open(marked().file());

        assertThat(image.views().getFirst().content().read(0, 1024)).startsWith('a', 0);
        assertThat(image.views().getFirst().content().read(512, 512)).isEqualTo(new byte[512]);
        Accounting.assertComplete(image);
    }

    @Test
    void onlyMarkedSectorsAreTold() throws Exception {
        assertThat(Accounting.extents(VhdImage.open(marked().file())))
                .filteredOn(extent -> extent.kind() == Kind.DATA)
                .extracting(Extent::guestOffset, Extent::guestLength)
                .containsExactly(tuple(0L, 512L), tuple(7 * 512L, 1024L));
    }

    @Test
    void theRelativePathComesFirstAndEachNameOnce() throws Exception {
        Patched image = Patched.image()
                .differencing(
                        "base.vhd",
                        ABSOLUTE,
                        utf16("C:\\vm\\base.vhd"),
                        RELATIVE,
                        utf16(".\\base.vhd"),
                        ABSOLUTE,
                        utf16("C:\\vm\\base.vhd"));

        VhdImage opened = VhdImage.open(image.file());

        assertThat(opened.references())
                .extracting(Reference::name)
                .containsExactly(".\\base.vhd", "C:\\vm\\base.vhd", "base.vhd");
        assertThat(opened.references())
                .allMatch(reference -> reference.role() == Reference.Role.BACKING)
                .allMatch(reference -> reference.format().equals("vpc"));
        assertThat(Refused.kinds(opened.problems()))
                .containsExactly(ContainerProblem.PARENT_OUTSIDE_FOLDER);
        Accounting.assertComplete(opened);
    }

    @Test
    void oddParentNamesAreKeptAndTold() throws Exception {
        byte[] unpaired = {'a', 0, 0, (byte) 0xd8, 'b', 0};
        VhdImage image = VhdImage.open(Patched.image()
                .differencing("x\u0007.vhd", RELATIVE, unpaired, ABSOLUTE, utf16("\\\\h\\s\\p"))
                .file());

        assertThat(image.references())
                .extracting(Reference::name)
                .containsExactly("a\ud800b", "\\\\h\\s\\p", "x\u0007.vhd");
        assertThat(Refused.kinds(image.problems()))
                .containsExactlyInAnyOrder(
                        ContainerProblem.NAME_NOT_PLAIN, ContainerProblem.PARENT_OUTSIDE_FOLDER);
    }

    @Test
    void aLocatorThatIsNotThereOrTooLongIsTold() throws Exception {
        Patched image = Patched.image().differencing("p.vhd", RELATIVE, utf16("p.vhd"));
        byte[] far = Patched.bigEndian(1L << 40);
        byte[] minus = Patched.bigEndian(-1);

        assertThat(Refused.kinds(VhdImage.open(
                                image.withHeader(Patched.LOCATORS + 16, far).file())
                        .problems()))
                .containsExactly(VhdProblem.PARENT_LOCATOR);
        assertThat(Refused.kinds(VhdImage.open(
                                image.withHeader(Patched.LOCATORS + 8, minus).file())
                        .problems()))
                .containsExactly(VhdProblem.PARENT_LOCATOR);
    }

    @Test
    void aDifferencingDiskIsNotWrittenTo() throws Exception {
        Patched image = Patched.image().differencing("p.vhd");

        assertThat(Refused.kind(() -> VhdDisk.open(image.file())))
                .isEqualTo(CommonProblem.NOT_READ);
    }

    /** Block 0 has its sectors 0, 7 and 8 itself; block 2 none. */
    private static Patched marked() throws IOException {
        byte[] bitmap = new byte[512];
        bitmap[0] = (byte) 0b1000_0001;
        bitmap[1] = (byte) 0b1000_0000;
        return Patched.image()
                .differencing("p.vhd")
                .with(Patched.BLOCK_0, bitmap)
                .with(Patched.BLOCK_2, new byte[512]);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
