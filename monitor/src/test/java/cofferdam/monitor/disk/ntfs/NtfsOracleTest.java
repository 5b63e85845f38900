package cofferdam.monitor.disk.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Region;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds content and attribution against sleuthkit and the tools of ntfs-3g. */
class NtfsOracleTest {

    private static final Pattern LISTED = Pattern.compile(
            "(?<kind>\\S+) (?<gone>\\* )?(?<inode>[\\d-]+)(\\(realloc\\))?:\t(?<path>.*)");

    @TempDir
    Path folder;

    /** A line of {@code fls}. */
    private record Listed(boolean live, String inode, String path) {}

    /** What sleuthkit lists, and the content that it gives for each inode. */
    private record Known(List<Listed> listed, Map<String, byte[]> contents) {}

    @ParameterizedTest
    @CsvSource({
        "1572864, 512, 512",
        "3145728, 1024, 512",
        "8388608, 4096, 512",
        "16777216, 65536, 512",
        "16777216, 4096, 4096"
    })
    void contentAndPathsAreThoseOfTheOracles(long size, int clusterSize, int sectorSize)
            throws Exception {
        NtfsImage image = NtfsImage.format(folder, size, clusterSize, sectorSize);
        List<String> needles = plant(image, clusterSize);

        byte[] bytes = image.bytes();
        NtfsFileSystem fileSystem = NtfsFileSystem.open(ByteSource.of(bytes));
        assertThat(fileSystem.problems()).isEmpty();
        List<Listed> listed = listed(image);
        assertThat(listed).hasSizeGreaterThan(needles.size());

        Map<String, byte[]> contents = new HashMap<>();
        for (Listed file : listed) {
            if (file.live && !file.path.startsWith("$BadClus")) {
                byte[] expected = tool("icat", image, file.inode);
                contents.put(file.inode, expected);
                assertThat(content(fileSystem, "/" + file.path)).as(file.path).isEqualTo(expected);
            }
        }
        assertThat(Tool.named("ntfsls").run("-R", "-f", image.path().toString()).lines())
                .contains("etc", "small", "one", "grüße", "large", "two", "a", "b", "copied");
        for (String path : List.of("/etc/small", "/etc/one", "/a", "/b", "/copied")) {
            assertThat(content(fileSystem, path)).as(path).isEqualTo(ntfscat(image, path));
        }
        NtfsImage.Walked walked = NtfsImage.Walked.of(fileSystem);
        assertThat(walked.kinds()).isEmpty();
        for (String needle : needles) {
            assertAttributed(
                    image, bytes, walked, new Known(listed, contents), needle, clusterSize);
        }
    }

    private List<String> plant(NtfsImage image, int clusterSize) throws Exception {
        List<String> needles = new ArrayList<>();
        try (NtfsWriter writer = new NtfsWriter(image.path())) {
            writer.folder("/etc");
            writer.folder("/etc/grüße");
            writer.file("/etc/small", needle(needles, 200));
            writer.file("/etc/one", needle(needles, 3 * clusterSize / 2));
            writer.file("/etc/grüße/large", needle(needles, Math.min(200_000, 5 * clusterSize)));
            writer.stream("/etc/small", "hidden", needle(needles, 100));
            writer.stream("/etc/grüße/large", "more", needle(needles, 2 * clusterSize));
            writer.link("/etc/one", "/etc/grüße/two");
            writer.file("/a", needle(needles, clusterSize));
            writer.file("/b", needle(needles, clusterSize));
            for (int i = 1; i < 6; i++) {
                writer.append("/a", (long) i * clusterSize, needle(needles, clusterSize));
                writer.append("/b", (long) i * clusterSize, needle(needles, clusterSize));
            }
        }
        Path plain = Files.write(folder.resolve("plain"), needle(needles, 2 * clusterSize + 7));
        Tool.named("ntfscp").run("-f", image.path().toString(), plain.toString(), "/copied");
        Tool.named("ntfscp")
                .run("-f", "-N", "alt", image.path().toString(), plain.toString(), "/copied");
        return needles;
    }

    private static byte[] needle(List<String> needles, int size) {
        needles.add("NEEDLE-%03d-".formatted(needles.size()));
        return NtfsImage.noise(needles.getLast(), size);
    }

    private void assertAttributed(
            NtfsImage image,
            byte[] bytes,
            NtfsImage.Walked walked,
            Known known,
            String needle,
            int clusterSize)
            throws Exception {
        int at = NtfsImage.find(bytes, needle, 0);
        assertThat(at).as(needle).isPositive();
        for (; at >= 0; at = NtfsImage.find(bytes, needle, at + 1)) {
            Set<String> named = named(image, known, needle, at / clusterSize);
            assertThat(walked.at(at))
                    .as("%s at %d, of %s", needle, at, named)
                    .filteredOn(extent -> extent.region() != Region.METADATA)
                    .singleElement()
                    .satisfies(extent -> {
                        assertThat(extent.region()).isEqualTo(Region.ALLOCATED);
                        assertThat(named).contains(extent.path());
                    });
        }
    }

    /** What ifind says about the cluster; of one inside $MFT, which file's content has the text. */
    private Set<String> named(NtfsImage image, Known known, String needle, int cluster)
            throws Exception {
        String inode = new String(
                        tool("ifind", image, "-d", Integer.toString(cluster)),
                        StandardCharsets.US_ASCII)
                .strip();
        Set<String> paths = new TreeSet<>();
        for (Listed file : known.listed) {
            boolean resident = inode.startsWith("0-128-")
                    && !file.path.startsWith("$")
                    && known.contents.containsKey(file.inode)
                    && NtfsImage.find(known.contents.get(file.inode), needle, 0) >= 0;
            if (resident || file.inode.equals(inode)) {
                paths.add("/" + file.path);
            }
        }
        return paths;
    }

    @Test
    void deletedFilesHaveTheNamesThatSleuthkitGivesThem() throws Exception {
        NtfsImage image = NtfsImage.format(folder, 4 * NtfsImage.MIB, 1024);
        try (NtfsWriter writer = new NtfsWriter(image.path())) {
            writer.folder("/home");
            writer.file("/home/gone", NtfsImage.noise("GONE-LARGE", 5000));
            writer.file("/home/tiny", NtfsImage.noise("GONE-SMALL", 90));
            writer.file("/home/stays", NtfsImage.noise("STAYS", 5000));
            writer.delete("/home/gone");
            writer.delete("/home/tiny");
        }
        byte[] bytes = image.bytes();
        NtfsImage.Walked walked = NtfsImage.Walked.of(bytes);

        assertThat(walked.problems()).isEmpty();
        assertThat(listed(image))
                .filteredOn(file -> !file.live)
                .extracting(Listed::path)
                .contains("home/gone", "home/tiny");
        assertThat(walked.at(NtfsImage.find(bytes, "GONE-LARGE", 0)))
                .containsExactly(new FileExtent(
                        Region.UNALLOCATED,
                        "/home/gone",
                        NtfsImage.find(bytes, "GONE-LARGE", 0),
                        5120,
                        0));
        assertThat(walked.at(NtfsImage.find(bytes, "GONE-SMALL", 0)))
                .extracting(FileExtent::region, FileExtent::path)
                .contains(tuple(Region.UNALLOCATED, "/home/tiny"));
        assertThat(content(image.open(), "/home/gone")).isEmpty();
        assertThat(tool("icat", image, inode(image, "home/gone")))
                .isEqualTo(NtfsImage.noise("GONE-LARGE", 5000));
    }

    @Test
    void filesDeletedWithTheirFolderKeepTheirPath() throws Exception {
        NtfsImage image = NtfsImage.format(folder, 4 * NtfsImage.MIB, 1024);
        try (NtfsWriter writer = new NtfsWriter(image.path())) {
            writer.folder("/home");
            writer.folder("/home/old");
            writer.file("/home/old/gone", NtfsImage.noise("GONE-LARGE", 5000));
            writer.delete("/home/old/gone");
            writer.delete("/home/old");
        }
        byte[] bytes = image.bytes();

        assertThat(listed(image))
                .filteredOn(file -> !file.live)
                .extracting(Listed::path)
                .containsExactly("home/old/gone");
        assertThat(NtfsImage.Walked.of(bytes).at(NtfsImage.find(bytes, "GONE-LARGE", 0)))
                .singleElement()
                .extracting(FileExtent::path)
                .isEqualTo("/home/old/gone");
    }

    @Test
    void compressedFilesAreDecompressed() throws Exception {
        NtfsImage image = NtfsImage.format(folder, 8 * NtfsImage.MIB, 4096);
        byte[] text = NtfsImage.ascii("all work and no play ".repeat(12_000));
        byte[] mixed = new byte[300_000];
        System.arraycopy(NtfsImage.noise("NOISE", 70_000), 0, mixed, 100_000, 70_000);
        System.arraycopy(text, 0, mixed, 200_000, 100_000);
        try (NtfsWriter writer = new NtfsWriter(image.path())) {
            writer.compressedFolder("/packed");
            writer.file("/packed/text", text);
            writer.file("/packed/mixed", mixed);
        }
        NtfsFileSystem fileSystem = image.open();

        assertThat(content(fileSystem, "/packed/text"))
                .isEqualTo(text)
                .isEqualTo(ntfscat(image, "/packed/text"))
                .isEqualTo(tool("icat", image, inode(image, "packed/text")));
        assertThat(content(fileSystem, "/packed/mixed"))
                .isEqualTo(mixed)
                .isEqualTo(ntfscat(image, "/packed/mixed"))
                .isEqualTo(tool("icat", image, inode(image, "packed/mixed")));
        ByteSource source = fileSystem.file("/packed/mixed").orElseThrow();
        assertThat(source.read(65_530, 140_000))
                .isEqualTo(Arrays.copyOfRange(mixed, 65_530, 205_530));
        NtfsImage.Walked walked = NtfsImage.Walked.of(fileSystem);
        assertThat(walked.kinds()).containsExactly(NtfsProblem.COMPRESSED);
        long told = walked.of(Region.ALLOCATED, "/packed/text").stream()
                .mapToLong(FileExtent::length)
                .sum();
        assertThat(told).isBetween(4096L, text.length / 2L);
    }

    @Test
    void clustersOf128KibAreReadAsNtfscatReadsThem() throws Exception {
        NtfsImage image = NtfsImage.format(folder, 32 * NtfsImage.MIB, 128 << 10);
        byte[] content = NtfsImage.noise("LARGE", 300_000);
        try (NtfsWriter writer = new NtfsWriter(image.path())) {
            writer.file("/large", content);
        }

        assertThat(content(image.open(), "/large"))
                .isEqualTo(content)
                .isEqualTo(ntfscat(image, "/large"));
    }

    @Test
    void aFileOfSoManyRunsThatItNeedsExtensionRecordsIsWhole() throws Exception {
        NtfsImage image = NtfsImage.format(folder, 4 * NtfsImage.MIB, 512);
        try (NtfsWriter writer = new NtfsWriter(image.path())) {
            writer.file("/pieces", new byte[0]);
            writer.file("/between", new byte[0]);
            for (int i = 0; i < 400; i++) {
                writer.append(
                        "/pieces", 1024L * i, NtfsImage.noise("PIECE-%03d-".formatted(i), 512));
                writer.append("/between", 512L * i, NtfsImage.noise("BETWEEN " + i, 512));
            }
        }
        NtfsFileSystem fileSystem = image.open();
        NtfsImage.Walked walked = NtfsImage.Walked.of(fileSystem);

        assertThat(content(fileSystem, "/pieces"))
                .isEqualTo(ntfscat(image, "/pieces"))
                .isEqualTo(tool("icat", image, inode(image, "pieces")));
        assertThat(walked.problems()).isEmpty();
        assertThat(walked.of(Region.METADATA, "/pieces"))
                .as("its attribute list")
                .isNotEmpty();
        for (int i = 0; i < 400; i++) {
            int at = NtfsImage.find(image.bytes(), "PIECE-%03d-".formatted(i), 0);
            assertThat(walked.at(at))
                    .containsExactly(
                            new FileExtent(Region.ALLOCATED, "/pieces", at, 512, 1024L * i));
        }
    }

    private static List<Listed> listed(NtfsImage image) throws Exception {
        String output = Tool.named("fls")
                .run("-F", "-r", "-p", "-f", "ntfs", image.path().toString());
        return output.lines()
                .map(LISTED::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group("inode").contains("-128-"))
                .map(line -> new Listed(
                        line.group("gone") == null, line.group("inode"), line.group("path")))
                .toList();
    }

    private static String inode(NtfsImage image, String path) throws Exception {
        return listed(image).stream()
                .filter(file -> file.path.equals(path))
                .findFirst()
                .orElseThrow()
                .inode;
    }

    private static byte[] ntfscat(NtfsImage image, String path) throws Exception {
        return Tool.named("ntfscat").output("-f", image.path().toString(), path);
    }

    private static byte[] tool(String name, NtfsImage image, String... inode) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-f", "ntfs"));
        boolean option = inode.length > 1;
        if (option) {
            arguments.addAll(List.of(inode));
        }
        arguments.add(image.path().toString());
        if (!option) {
            arguments.addAll(List.of(inode));
        }
        return Tool.named(name).output(arguments.toArray(String[]::new));
    }

    private static byte[] content(NtfsFileSystem fileSystem, String path) throws IOException {
        ByteSource source = fileSystem.file(path).orElse(ByteSource.of(new byte[0]));
        return source.read(0, (int) source.size());
    }
}
