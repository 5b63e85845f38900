package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Canaries across every border of clusters, in images that tools of Debian made. */
class BorderAuditTest {

    private static final int DISK = 1 << 20;
    private static final long SEED = 42;

    /** Longer canaries are searched for as they are. */
    private static final int MOST_OF_A_REGEX = 500;

    @TempDir
    Path folder;

    private final SortedMap<Long, String> canaries = new TreeMap<>();

    @Test
    void canariesOverSeveralSmallClustersInAnyOrderAreAllFound() throws Exception {
        // Each lies over three or four clusters.
        Path disk = disk(16384, 1200);
        assertFinds(scattered(disk, 512), 1200);
    }

    @Test
    void canariesAtEveryBorderOfClustersInAnyOrderAreAllFound() throws Exception {
        Path disk = disk(512, 20);
        assertFinds(scattered(disk, 512), 20);
        assertFinds(scattered(disk, 4096), 20);
        assertFinds(scattered(disk, 65536), 20);
    }

    @Test
    void canariesAtEveryBorderAreAllFoundInEveryFormat() throws Exception {
        Path disk = disk(4096, 20);
        for (List<String> options : List.of(
                List.of("qcow2", "-c", "-o", "cluster_size=4k"),
                List.of("qcow2", "-c", "-o", "compression_type=zstd,cluster_size=4k"),
                List.of("qcow2", "-o", "extended_l2=on,cluster_size=16k"),
                List.of("vmdk"),
                List.of("vmdk", "-o", "subformat=streamOptimized"),
                List.of("vmdk", "-o", "subformat=twoGbMaxExtentSparse"),
                List.of("vpc", "-o", "force_size=on"))) {
            Path image = folder.resolve("image." + options.getFirst());
            List<String> arguments = new ArrayList<>(List.of("convert", "-f", "raw", "-O"));
            arguments.addAll(options);
            arguments.addAll(List.of(disk.toString(), image.toString()));
            DebianTool.find("qemu-img").run(arguments);
            assertFinds(image, 20);
        }
    }

    /** A disk of text with a canary across every border. */
    private Path disk(int border, int letters) throws Exception {
        Random random = new Random(SEED);
        byte[] bytes = new byte[DISK];
        Arrays.fill(bytes, (byte) '.');
        for (int at = border; at + letters < DISK; at += border) {
            StringBuilder text = new StringBuilder("CANARY-%04d-".formatted(at / border));
            random.ints(letters, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
            text.append("-%04d".formatted(at / border));
            int begin = at - 1 - random.nextInt(30);
            byte[] canary = text.toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(canary, 0, bytes, begin, canary.length);
            canaries.put((long) begin, text.toString());
        }
        return Files.write(folder.resolve("disk.raw"), bytes);
    }

    /** A qcow2 file whose clusters were written in an order of chance. */
    private Path scattered(Path disk, int cluster) throws Exception {
        List<Integer> clusters = new ArrayList<>();
        for (int at = 0; at < DISK; at += cluster) {
            clusters.add(at);
        }
        Collections.shuffle(clusters, new Random(SEED));
        StringBuilder writes = new StringBuilder();
        clusters.forEach(at -> writes.append("write -q %d %d\n".formatted(at, cluster)));
        Path commands = Files.writeString(folder.resolve("writes"), writes);
        Path image = folder.resolve("scattered-%d.qcow2".formatted(cluster));
        DebianTool qemuImg = DebianTool.find("qemu-img");
        qemuImg.run(List.of(
                "create",
                "-q",
                "-f",
                "qcow2",
                "-o",
                "cluster_size=" + cluster,
                image.toString(),
                Integer.toString(DISK)));
        DebianTool.find("qemu-io");
        DebianTool.find("sh")
                .run(List.of(
                        "-c",
                        "qemu-io -t unsafe \"$0\" < \"$1\" > \"$1.out\"",
                        image.toString(),
                        commands.toString()));
        qemuImg.run(List.of(
                "convert", "-n", "-f", "raw", "-O", "qcow2", disk.toString(), image.toString()));
        return image;
    }

    private void assertFinds(Path image, int letters) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("audit", image.toString()));
        arguments.addAll(List.of("--allow", folder.toString(), "--no-secrets", "--format", "json"));
        if (letters < MOST_OF_A_REGEX) {
            String regex = "CANARY-[0-9]{4}-[a-z]{%d}-[0-9]{4}".formatted(letters);
            arguments.addAll(List.of("--regex", regex));
        } else {
            canaries.values().forEach(canary -> arguments.addAll(List.of("--find", canary)));
        }
        Program.Finished finished = Program.run(arguments.toArray(String[]::new));
        JsonNode report = new JsonMapper().readTree(finished.out()).at("/images/0");
        List<String> found = new ArrayList<>();
        for (JsonNode finding : report.at("/findings").values()) {
            found.add(
                    finding.at("/guestOffset").asLong() + finding.at("/sha256").asString());
        }
        // Halves of two canaries may meet in the file by chance, so there may be a few more.
        List<String> missed = new ArrayList<>();
        for (Map.Entry<Long, String> canary : canaries.entrySet()) {
            String wanted = canary.getKey() + sha256(canary.getValue());
            if (Collections.frequency(found, wanted) != 1) {
                missed.add(wanted);
            }
        }
        assertThat(missed).as("%s", image).isEmpty();
        assertThat(report.at("/outcome").asString()).isEqualTo("complete");
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(hash).substring(0, 16);
    }
}
