package cofferdam.analysis.audit;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.rules.Rule;
import cofferdam.analysis.search.Needle;
import cofferdam.monitor.disk.Severity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Images that name other files: qcow2 headers and VMDK descriptors, written by hand. */
class ReferencesTest {

    private static final String SECRET = "CANARY-0123456789";

    @TempDir
    Path folder;

    private Path images;
    private Path outside;

    @BeforeEach
    void layOut() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        outside = Files.createDirectory(folder.resolve("outside"));
        byte[] disk = new byte[1 << 16];
        byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(secret, 0, disk, 1000, secret.length);
        Files.write(images.resolve("base.raw"), disk);
        Files.write(outside.resolve("base.raw"), disk);
    }

    @Test
    void aBackingFileInAnAllowedFolderIsALayer() throws Exception {
        ImageReport report = audit(overlay("over.qcow2", "base.raw"), images);
        assertThat(report.findings()).extracting(Finding::layer).containsExactly("backing:1");
        assertThat(report.findings().getFirst().file()).endsWith("base.raw");
        assertThat(report.chain())
                .extracting(ImageReport.ChainLink::layer, ImageReport.ChainLink::opened)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("backing:1", true));
    }

    @Test
    void noBackingFileIsOpenedUnlessItsFolderIsAllowed() throws Exception {
        assertRefused(audit(overlay("over.qcow2", "base.raw")));
        assertRefused(audit(overlay("over.qcow2", "../outside/base.raw"), images));
        assertRefused(audit(overlay("over.qcow2", outside.resolve("base.raw").toString()), images));
    }

    @Test
    void aSymbolicLinkThatLeadsOutIsNotFollowed() throws Exception {
        Files.createSymbolicLink(images.resolve("link.raw"), outside.resolve("base.raw"));
        assertRefused(audit(overlay("over.qcow2", "link.raw"), images));
    }

    @Test
    void namesOfProtocolsAreNeverOpened() throws Exception {
        for (String name : List.of(
                "json:{\"driver\":\"file\",\"filename\":\"base.raw\"}",
                "nbd://localhost/x",
                "file:base.raw",
                "base.raw\0")) {
            assertRefused(audit(overlay("over.qcow2", name), images));
        }
    }

    @Test
    void aRefusalDoesNotTellWhetherTheFileIsThere() throws Exception {
        List<String> there = details(audit(overlay("over.qcow2", "../outside/base.raw"), images));
        List<String> absent = details(audit(overlay("over.qcow2", "../outside/none.raw"), images));
        assertThat(there)
                .isEqualTo(absent.stream()
                        .map(detail -> detail.replace("none", "base"))
                        .toList());
    }

    @Test
    void aLoopOfBackingFilesEndsAndIsTold() throws Exception {
        Path one = overlay("one.qcow2", "two.qcow2");
        overlay("two.qcow2", "one.qcow2");
        assertThat(codes(audit(one, images))).contains("backing-loop");
        assertThat(codes(audit(overlay("self.qcow2", "self.qcow2"), images)))
                .contains("backing-loop");
    }

    @Test
    void aLoopThroughALinkIsALoop() throws Exception {
        Path one = overlay("one.qcow2", "link.qcow2");
        Files.createSymbolicLink(images.resolve("link.qcow2"), one);
        assertThat(codes(audit(one, images))).contains("backing-loop");
    }

    @Test
    void aChainOfSixteenImagesIsReadAndOneOfSeventeenIsNot() throws Exception {
        for (int i = 1; i < 17; i++) {
            overlay(i + ".qcow2", i == 1 ? "base.raw" : i - 1 + ".qcow2");
        }
        ImageReport sixteen = audit(images.resolve("15.qcow2"), images);
        assertThat(codes(sixteen)).doesNotContain("chain-too-deep");
        assertThat(sixteen.findings()).extracting(Finding::layer).containsExactly("backing:15");
        ImageReport seventeen = audit(images.resolve("16.qcow2"), images);
        assertThat(codes(seventeen)).contains("chain-too-deep");
        assertThat(seventeen.findings()).isEmpty();
    }

    @Test
    void aFlatExtentIsOpenedInAnAllowedFolderAlone() throws Exception {
        Path descriptor = Files.writeString(images.resolve("disk.vmdk"), """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"
                RW 128 FLAT "base.raw" 0
                """);
        ImageReport allowed = audit(descriptor, images);
        assertThat(allowed.findings()).extracting(Finding::layer).containsExactly("active");
        assertThat(allowed.outcome()).isEqualTo(ImageReport.Outcome.COMPLETE);
        ImageReport refused = audit(descriptor);
        assertThat(refused.findings()).isEmpty();
        assertThat(refused.outcome()).isEqualTo(ImageReport.Outcome.PARTIAL);
        assertThat(codes(refused)).contains("backing-refused");
    }

    private static void assertRefused(ImageReport report) {
        assertThat(codes(report)).contains("backing-refused");
        assertThat(report.findings()).isEmpty();
        assertThat(report.chain()).noneMatch(ImageReport.ChainLink::opened);
    }

    private static List<String> codes(ImageReport report) {
        return report.problems().stream().map(problem -> problem.kind().code()).toList();
    }

    private static List<String> details(ImageReport report) {
        return report.problems().stream()
                .map(problem -> problem.kind().code() + " " + problem.detail())
                .toList();
    }

    /** An empty qcow2 image of 64 KiB upon another file. */
    private Path overlay(String name, String backing) throws IOException {
        byte[] backingName = backing.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(4 << 16);
        file.putInt(0, 0x514649fb).putInt(4, 3);
        file.putLong(8, 512).putInt(16, backingName.length);
        file.putInt(20, 16).putLong(24, 1 << 16);
        file.putInt(36, 1).putLong(40, 3 << 16);
        file.putLong(48, 1 << 16).putInt(56, 1);
        file.putInt(96, 4).putInt(100, 104);
        file.put(512, backingName);
        file.putLong(1 << 16, 2 << 16);
        for (int cluster = 0; cluster < 4; cluster++) {
            file.putShort((2 << 16) + 2 * cluster, (short) 1);
        }
        return Files.write(images.resolve(name), file.array());
    }

    private static ImageReport audit(Path image, Path... allowed) throws Exception {
        Rule rule = new Rule(
                "find", "", "", Severity.HIGH, Needle.Literal.ofText(SECRET, false), List.of());
        AuditRequest request =
                new AuditRequest(List.of(rule), DeclaredFormat.AUTO, List.of(allowed), Keys.NONE);
        try (ImageAudit audit = ImageAudit.of(request)) {
            return audit.run(image, AuditListener.NONE);
        }
    }
}
