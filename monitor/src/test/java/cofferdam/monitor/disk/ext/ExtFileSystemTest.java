package cofferdam.monitor.disk.ext;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Held against {@code mke2fs}, {@code blkid} and the sleuthkit. */
class ExtFileSystemTest {

    @TempDir
    private Path folder;

    static Stream<Sample.Recipe> recipes() {
        return Sample.recipes();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyByteOfFilesThatExistAndOfOneDeletedIsFoundWhereItLies(Sample.Recipe recipe)
            throws Exception {
        Sample sample = Sample.make(folder, recipe);

        try (ImageBytes image = ImageBytes.open(sample.image())) {
            ExtFileSystem opened = ExtFileSystem.open(image);
            assertThat(opened.problems()).isEmpty();
            assertThat(opened.type()).isEqualTo(recipe.type());
            for (Map.Entry<String, byte[]> file : sample.files().entrySet()) {
                ByteSource content = opened.file(file.getKey()).orElseThrow();
                assertThat(content.read(0, (int) content.size()))
                        .as(file.getKey())
                        .isEqualTo(file.getValue());
            }

            List<FileExtent> extents = new ArrayList<>();
            List<Problem> problems = opened.walk(extents::add);
            assertThat(problems).isEmpty();
            requireContents(sample, image, extents);
            if (recipe.isReadBySleuthkit()) {
                requireSameAsSleuthkit(sample, image, extents);
            }
        }
        requireDeleted(sample, "/etc/file300000");
    }

    private static void requireContents(Sample sample, ByteSource image, List<FileExtent> extents)
            throws Exception {
        Map<String, Long> lengths = new HashMap<>();
        for (FileExtent extent : extents) {
            byte[] expected = sample.files().get(extent.path());
            if (extent.region() == Region.ALLOCATED && expected != null) {
                int from = (int) extent.fileOffset();
                assertThat(image.read(extent.offset(), (int) extent.length()))
                        .as(extent.toString())
                        .isEqualTo(
                                Arrays.copyOfRange(expected, from, from + (int) extent.length()));
                lengths.merge(extent.path(), extent.length(), Long::sum);
            }
        }
        for (Map.Entry<String, byte[]> file : sample.files().entrySet()) {
            if (!file.getKey().equals("/holes")) {
                assertThat(lengths).containsEntry(file.getKey(), (long) file.getValue().length);
            }
        }
    }

    private static void requireSameAsSleuthkit(
            Sample sample, ByteSource image, List<FileExtent> extents) throws Exception {
        Map<String, String> paths = Sleuthkit.paths(sample.image());
        int blockSize = Superblock.read(image).blockSize();
        List<FileExtent> files = extents.stream()
                .filter(extent -> extent.region() == Region.ALLOCATED)
                .filter(extent -> extent.length() > 60)
                .collect(Collectors.toMap(FileExtent::path, extent -> extent, (a, b) -> b))
                .values()
                .stream()
                .sorted((a, b) -> a.path().compareTo(b.path()))
                .toList();
        for (int at = 0; at < files.size(); at += 25) {
            FileExtent extent = files.get(at);
            String inode = Sleuthkit.inodeOf(sample.image(), extent.offset() / blockSize);
            assertThat(paths).as(extent.toString()).containsEntry(inode, extent.path());
        }
    }

    private static void requireDeleted(Sample sample, String path) throws Exception {
        sample.change("rm " + path);
        try (ImageBytes image = ImageBytes.open(sample.image())) {
            List<FileExtent> extents = new ArrayList<>();
            assertThat(ExtFileSystem.open(image).walk(extents::add)).isEmpty();

            byte[] expected = sample.files().get(path);
            long length = 0;
            for (FileExtent extent : extents) {
                if (extent.region() == Region.UNALLOCATED && extent.path().equals(path)) {
                    int from = (int) extent.fileOffset();
                    int to = (int) Math.min(expected.length, from + extent.length());
                    assertThat(image.read(extent.offset(), to - from))
                            .isEqualTo(Arrays.copyOfRange(expected, from, to));
                    length += to - from;
                }
            }
            assertThat(length).isEqualTo(expected.length);
        }
    }
}
