package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whole disks, made and held against by Debian's tools: qemu-img, mkfs, debugfs, sleuthkit. */
class CloudImageAuditTest {

    private static final int MOST_MILLISECONDS = 2000;
    private static final String SECRET = "SNAPSHOT-CANARY-55ab01";

    @TempDir
    private static Path made;

    private static CloudDisk cloud;
    private static Path cloudDisk;

    @TempDir
    Path folder;

    private Path disk = cloudDisk;

    @BeforeAll
    static void makeDisk() throws Exception {
        DebianTool.find("mcopy");
        DebianTool.find("qemu-img");
        cloud = new CloudDisk(made);
        cloudDisk = cloud.make();
    }

    @Test
    void everyCanaryIsFoundInItsPlaceWhateverTheContainer() throws Exception {
        List<String> images = new ArrayList<>(List.of(convert("copy.raw", "raw")));
        images.add(convert("plain.qcow2", "qcow2"));
        images.add(convert("zlib.qcow2", "qcow2", "-c"));
        images.add(convert("zstd.qcow2", "qcow2", "-c", "-o", "compression_type=zstd"));
        images.add(convert("subclusters.qcow2", "qcow2", "-o", "extended_l2=on,cluster_size=128k"));
        images.add(convert("old.qcow2", "qcow2", "-o", "compat=0.10,cluster_size=4k"));
        images.add(convert("sparse.vmdk", "vmdk"));
        images.add(convert("stream.vmdk", "vmdk", "-o", "subformat=streamOptimized"));
        images.add(convert("flat.vmdk", "vmdk", "-o", "subformat=monolithicFlat"));
        images.add(convert("split.vmdk", "vmdk", "-o", "subformat=twoGbMaxExtentSparse"));
        images.add(convert("dynamic.vhd", "vpc"));
        images.add(convert("fixed.vhd", "vpc", "-o", "subformat=fixed"));
        Map<Path, byte[]> contents = new HashMap<>();
        for (String image : images) {
            contents.put(Path.of(image), Files.readAllBytes(Path.of(image)));
            Files.setLastModifiedTime(Path.of(image), FileTime.fromMillis(1_500_000_000_000L));
        }
        JsonNode document = audit(images, "--allow", folder.toString());
        for (JsonNode image : document.at("/images").values()) {
            assertThat(placesIn(image)).as(image.at("/path").asString()).isEqualTo(cloud.places());
        }
        for (Map.Entry<Path, byte[]> image : contents.entrySet()) {
            assertThat(Files.readAllBytes(image.getKey())).isEqualTo(image.getValue());
            assertThat(Files.getLastModifiedTime(image.getKey()).toMillis())
                    .isEqualTo(1_500_000_000_000L);
        }
    }

    private static Map<String, String> placesIn(JsonNode image) {
        Map<String, String> places = new LinkedHashMap<>();
        for (JsonNode finding : image.at("/findings").values()) {
            String canary = finding.at("/rule").asString().substring("find:".length());
            places.put(
                    canary,
                    "%d %s %s %s"
                            .formatted(
                                    finding.at("/partition").asInt(0),
                                    finding.at("/fileSystem").asString("-"),
                                    finding.at("/region").asString(),
                                    finding.at("/path").asString("")));
        }
        return places;
    }

    @Test
    void thePathsAreThoseThatSleuthkitNames() throws Exception {
        DebianTool ifind = DebianTool.find("ifind");
        DebianTool ffind = DebianTool.find("ffind");
        JsonNode document = audit(List.of(disk.toString()));
        int checked = 0;
        for (JsonNode finding : document.at("/images/0/findings").values()) {
            int partition = finding.at("/partition").asInt(0);
            String path = finding.at("/path").asString("");
            if (path.isEmpty() || finding.at("/fileSystem").asString().equals("ntfs")) {
                continue;
            }
            long offset = List.of(1L, 5L, 29L, 33L, 41L).get(partition - 1) << 20;
            boolean isFat = partition == 1;
            int block = isFat ? 512 : 1024;
            String sector = Long.toString(offset / 512);
            String type = isFat ? "fat" : "ext";
            long unit = (finding.at("/guestOffset").asLong() - offset) / block;
            String inode = ifind.run(List.of(
                            "-f", type, "-o", sector, "-d", Long.toString(unit), disk.toString()))
                    .trim();
            String named = ffind.run(List.of("-f", type, "-o", sector, disk.toString(), inode));
            assertThat(named).as(path).contains(path);
            checked++;
        }
        assertThat(checked).isEqualTo(5);
    }

    @Test
    void twentyCanariesInACompressedImageAreAllFoundWhereGrepFindsFewer() throws Exception {
        byte[] bytes = new byte[20 << 16];
        byte[] words =
                "the quick brown fox jumps over the lazy dog. ".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = words[i % words.length];
        }
        for (int i = 0; i < 20; i++) {
            byte[] canary = "CANARY-%04d".formatted(i).getBytes(StandardCharsets.US_ASCII);
            // Half of them lie across the border of two clusters.
            int at = i % 2 == 0 ? (i << 16) + 30_000 : (i << 16) - 5;
            System.arraycopy(canary, 0, bytes, at, canary.length);
        }
        disk = Files.write(folder.resolve("canaries.raw"), bytes);
        String image = convert("canaries.qcow2", "qcow2", "-c");
        JsonNode document = new JsonMapper()
                .readTree(Program.run(
                                "audit",
                                image,
                                "--no-secrets",
                                "--regex",
                                "CANARY-[0-9]{4}",
                                "--format",
                                "json")
                        .out());
        assertThat(document.at("/images/0/findings").size()).isEqualTo(20);
        int greps = Integer.parseInt(DebianTool.find("sh")
                .run(List.of("-c", "grep -c -a CANARY- \"$0\" || true", image))
                .trim());
        assertThat(greps).isLessThan(20);
    }

    @Test
    void whatASnapshotHeldIsFoundInItAndAfterItsEndUnderAZeroFlag() throws Exception {
        byte[] bytes = new byte[4 << 20];
        byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(secret, 0, bytes, 1 << 20, secret.length);
        disk = Files.write(folder.resolve("small.raw"), bytes);
        String image = convert("snapshot.qcow2", "qcow2");
        qemuImg("snapshot", "-c", "before", image);
        assertThat(layers(image)).containsExactly("active");
        // Its cluster is the snapshot's alone now.
        DebianTool.find("qemu-io").run(List.of("-c", "write -z 1M 64k", image));
        assertThat(layers(image)).containsExactly("snapshot:before");
        qemuImg("snapshot", "-d", "before", image);
        assertThat(layers(image)).containsExactly("zero-flagged");
    }

    @Test
    void whatWasZeroedInPlaceIsFoundUnderItsZeroFlag() throws Exception {
        byte[] bytes = new byte[4 << 20];
        byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(secret, 0, bytes, 1 << 20, secret.length);
        disk = Files.write(folder.resolve("small.raw"), bytes);
        String image = convert("zeroed.qcow2", "qcow2");
        DebianTool.find("qemu-io").run(List.of("-c", "write -z 1M 64k", image));
        assertThat(layers(image)).containsExactly("zero-flagged");
    }

    private List<String> layers(String image, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("audit", image, "--no-secrets", "--find", SECRET));
        arguments.addAll(List.of("--format", "json"));
        arguments.addAll(Arrays.asList(options));
        JsonNode document = new JsonMapper()
                .readTree(Program.run(arguments.toArray(String[]::new)).out());
        return document.at("/images/0/findings")
                .valueStream()
                .map(finding -> finding.at("/layer").asString())
                .toList();
    }

    @Test
    void aLuksDiskGivesNothingAwayUntilItIsUnlocked() throws Exception {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse\n");
        String luks = enciphered("disk.luks", "luks", "iter-time=");
        assertUnlocks(luks, "luks1", passphrase);
    }

    @Test
    void aSecretInTheLuksVolumeOfASnapshotIsFoundOnceItIsUnlocked() throws Exception {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse\n");
        byte[] bytes = new byte[4 << 20];
        byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(secret, 0, bytes, 1 << 20, secret.length);
        disk = Files.write(folder.resolve("small.raw"), bytes);
        disk = Path.of(enciphered("small.luks", "luks", "iter-time="));
        long size = Files.size(disk);
        Path image = folder.resolve("luks-inside.qcow2");
        qemuImg("convert", "-f", "raw", "-O", "qcow2", disk.toString(), image.toString());
        qemuImg("snapshot", "-c", "before", image.toString());
        String write = "write -P 7 %d 3M".formatted(size - (3 << 20));
        DebianTool.find("qemu-io").run(List.of("-c", write, image.toString()));
        assertThat(layers(image.toString())).isEmpty();
        assertThat(layers(image.toString(), "--passphrase-file", passphrase.toString()))
                .containsExactly("snapshot:before");
    }

    @Test
    void anEncipheredQcow2GivesNothingAwayUntilItIsUnlocked() throws Exception {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse\n");
        String qcow2 = enciphered("luks.qcow2", "qcow2", "encrypt.format=luks,encrypt.iter-time=");
        assertUnlocks(qcow2, "qcow2-luks", passphrase);
    }

    private void assertUnlocks(String image, String kind, Path passphrase) throws Exception {
        JsonNode locked = audit(List.of(image)).at("/images/0");
        assertThat(locked.at("/encryption").asString()).isEqualTo(kind);
        assertThat(locked.at("/unlocked").asBoolean()).isFalse();
        assertThat(locked.at("/plain").size()).isPositive();
        assertThat(locked.at("/findings").size()).isZero();
        JsonNode unlocked = audit(List.of(image), "--passphrase-file", passphrase.toString())
                .at("/images/0");
        assertThat(unlocked.at("/unlocked").asBoolean()).isTrue();
        assertThat(unlocked.at("/findings").valueStream())
                .isNotEmpty()
                .allMatch(finding -> finding.at("/stored").asString().equals("enciphered"));
        if (kind.equals("qcow2-luks")) {
            assertThat(placesIn(unlocked)).isEqualTo(cloud.places());
        }
    }

    /**
     * QEMU gives up when it cannot measure how fast it derives keys, which happens on a busy machine;
     * it is given more and more time.
     */
    private String enciphered(String name, String format, String options) throws Exception {
        String secret = format.equals("luks") ? "key-secret=s," : "encrypt.key-secret=s,";
        Path image = folder.resolve(name);
        for (int milliseconds = 100; ; milliseconds += 200) {
            try {
                qemuImg(
                        "convert",
                        "--object",
                        "secret,id=s,data=correct horse",
                        "-O",
                        format,
                        "-o",
                        secret + options + milliseconds,
                        disk.toString(),
                        image.toString());
                return image.toString();
            } catch (AssertionError refused) {
                if (milliseconds > MOST_MILLISECONDS) {
                    throw refused;
                }
            }
        }
    }

    @Test
    void residueBehindTheEndOfAnImageIsToldAsItsTail() throws Exception {
        String image = convert("tail.qcow2", "qcow2");
        try (RandomAccessFile file = new RandomAccessFile(image, "rw")) {
            file.seek((file.length() + 0xffff & ~0xffffL) + (1 << 20));
            file.write(SECRET.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(layers(image)).containsExactly("tail");
    }

    private JsonNode audit(List<String> images, String... options) {
        List<String> arguments = new ArrayList<>(List.of("audit", "--format", "json"));
        arguments.addAll(cloud.finds());
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(images);
        Program.Finished finished = Program.run(arguments.toArray(String[]::new));
        assertThat(finished.err()).isEmpty();
        return new JsonMapper().readTree(finished.out());
    }

    private String convert(String name, String format, String... options) throws Exception {
        Path image = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("convert", "-O", format));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(List.of(disk.toString(), image.toString()));
        qemuImg(arguments.toArray(String[]::new));
        return image.toString();
    }

    private static void qemuImg(String... arguments) throws Exception {
        DebianTool.find("qemu-img").run(List.of(arguments));
    }
}
