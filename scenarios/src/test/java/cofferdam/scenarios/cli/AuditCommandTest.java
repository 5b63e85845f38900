package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class AuditCommandTest {

    private static final String SECRET = "=CANARY-0123456789";

    @TempDir
    Path folder;

    private String disk;
    private String clean;

    @BeforeEach
    void writeImages() throws IOException {
        disk = image("disk.raw", SECRET);
        clean = image("clean.raw", "");
    }

    private String image(String name, String text) throws IOException {
        byte[] bytes = new byte[1 << 16];
        byte[] secret = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(secret, 0, bytes, 1000, secret.length);
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private static Program.Finished audit(String... arguments) {
        List<String> all = new ArrayList<>(List.of("audit", "--no-secrets", "--find", SECRET));
        all.addAll(List.of(arguments));
        return Program.run(all.toArray(String[]::new));
    }

    @Test
    void whatIsFoundIsSaidInPlainWordsWithAReason() {
        Program.Finished finished = audit(disk);
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err()).isEmpty();
        assertThat(finished.out())
                .contains("disk.raw: raw, a disk of 64.0 KiB, not enciphered, 1 finding")
                .contains("offset 1000")
                .contains("kept by: policy 'disk.encryption: qcow2-luks'")
                .contains("1 image: 1 finding (1 high), 0 problems");
    }

    @Test
    void aCleanImageEndsInZero() {
        Program.Finished finished = audit(clean);
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).contains("nothing found");
    }

    @ParameterizedTest
    @EnumSource(AuditFormat.class)
    void everyFormatRedactsUnlessItIsAskedNotTo(AuditFormat format) {
        String[] arguments = {
            "audit", "--no-secrets", "--regex", "CANARY-[0-9]+", "--format", format.toString(), disk
        };
        assertThat(Program.run(arguments).out())
                .contains("CANA...")
                .doesNotContain("CANARY-0123456789");
        List<String> shown = new ArrayList<>(List.of(arguments));
        shown.add("--show-matches");
        assertThat(Program.run(shown.toArray(String[]::new)).out()).contains("CANARY-0123456789");
    }

    @Test
    void theJsonDocumentIsTheDesigns() {
        JsonNode document =
                new JsonMapper().readTree(audit("--format", "json", disk, clean).out());
        assertThat(document.at("/tool/name").asString()).isEqualTo("cofferdam");
        assertThat(document.at("/images").size()).isEqualTo(2);
        JsonNode image = document.at("/images/0");
        assertThat(image.at("/path").asString()).isEqualTo(disk);
        assertThat(image.at("/format").asString()).isEqualTo("raw");
        assertThat(image.at("/virtualSize").asLong()).isEqualTo(65536);
        assertThat(image.at("/encryption").asString()).isEqualTo("none");
        assertThat(image.at("/chain").isArray()).isTrue();
        assertThat(image.at("/problems").isArray()).isTrue();
        JsonNode finding = image.at("/findings/0");
        assertThat(finding.at("/rule").asString()).isEqualTo("find:" + SECRET);
        assertThat(finding.at("/fileOffset").asLong()).isEqualTo(1000);
        assertThat(finding.at("/guestOffset").asLong()).isEqualTo(1000);
        assertThat(finding.at("/layer").asString()).isEqualTo("active");
        assertThat(finding.at("/region").asString()).isEqualTo("unallocated");
        assertThat(finding.has("partition")).isFalse();
        assertThat(finding.has("path")).isFalse();
        assertThat(document.at("/images/1/findings").size()).isZero();
        assertThat(document.at("/summary/findings").asInt()).isEqualTo(1);
    }

    @Test
    void everyLineOfJsonLinesIsAnObjectWithAType() {
        JsonMapper mapper = new JsonMapper();
        List<String> types = audit("--format", "jsonl", disk, clean)
                .out()
                .lines()
                .map(line -> mapper.readTree(line).at("/type").asString())
                .toList();
        assertThat(types).containsExactly("finding", "image", "image");
    }

    @Test
    void sarifHasRulesResultsAndPlaces() {
        JsonNode run = new JsonMapper()
                .readTree(audit("--format", "sarif", disk).out())
                .at("/runs/0");
        assertThat(run.at("/tool/driver/rules/0/id").asString()).isEqualTo("find:" + SECRET);
        JsonNode result = run.at("/results/0");
        assertThat(result.at("/ruleIndex").asInt()).isZero();
        assertThat(result.at("/level").asString()).isEqualTo("error");
        JsonNode place = result.at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asString()).endsWith("/disk.raw");
        assertThat(place.at("/region/byteOffset").asLong()).isEqualTo(1000);
        assertThat(place.at("/region/byteLength").asLong()).isEqualTo(SECRET.length());
        assertThat(result.at("/partialFingerprints").size()).isEqualTo(1);
        assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isTrue();
    }

    @Test
    void commaSeparatedValuesHoldNoFormulas() {
        List<String> lines =
                audit("--format", "csv", "--show-matches", disk).out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("image,rule,severity,file,fileOffset");
        assertThat(lines.get(1)).contains(",'" + SECRET + ",");
    }

    @Test
    void imagesAreReportedInTheOrderOfTheArgumentsWhateverTheirNumber() {
        List<String> images = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            images.add(i % 3 == 0 ? disk : clean);
        }
        List<String> arguments = new ArrayList<>(images);
        arguments.addAll(List.of("--format", "json", "--jobs", "4"));
        JsonNode document = new JsonMapper()
                .readTree(audit(arguments.toArray(String[]::new)).out());
        assertThat(document.at("/images")
                        .valueStream()
                        .map(image -> image.at("/path").asString()))
                .containsExactlyElementsOf(images);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsCulprit() throws IOException {
        Path fifo = folder.resolve("no-such-folder");
        Program.Finished finished = Program.run(
                "audit",
                disk,
                folder.resolve("missing.raw").toString(),
                folder.toString(),
                "--regex",
                "(",
                "--find-hex",
                "zz",
                "--rules",
                folder.resolve("rules.yaml").toString(),
                "--passphrase-file",
                folder.resolve("key").toString(),
                "--allow",
                fifo.toString(),
                "--jobs",
                "0");
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err().lines())
                .hasSize(8)
                .allMatch(line -> line.startsWith("cofferdam: "));
        assertThat(finished.err())
                .contains("missing.raw': there is no such file")
                .contains(folder + "': it is a folder, not a file")
                .contains("regex:(")
                .contains("--find-hex 'zz'")
                .contains("rules.yaml")
                .contains("key")
                .contains("no-such-folder")
                .contains("--jobs 0");
    }

    @Test
    void withNothingToLookForItIsBadUsage() {
        Program.Finished finished = Program.run("audit", "--no-secrets", disk);
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("--no-secrets leaves nothing to look for");
    }

    @Test
    void withoutRulesTheBuiltInSecretsAreLookedFor() throws IOException {
        String key = image(
                "key.raw",
                "\naws_access_key_id = AKIAQYLPMN5HFIQR7XYA\naws_secret_access_key ="
                        + " 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\n");
        Program.Finished finished = Program.run("audit", key);
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out()).contains("aws");
    }

    @Test
    void theSeverityThatMattersCanBeChosen() {
        assertThat(audit("--fail-on", "never", disk).exitCode()).isZero();
        assertThat(audit("--fail-on", "high", disk).exitCode()).isEqualTo(1);
    }

    @Test
    void anImageThatIsNotReadIsUndecided() throws IOException {
        byte[] bytes = new byte[1 << 16];
        System.arraycopy("vhdxfile".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
        Path vhdx = Files.write(folder.resolve("disk.vhdx"), bytes);
        Program.Finished finished = audit(vhdx.toString());
        assertThat(finished.exitCode()).isEqualTo(3);
        assertThat(finished.out()).contains("not-read").contains("read in part");
    }

    @Test
    void namesFromImagesCannotDriveTheTerminal() throws IOException {
        Path vmdk = Files.writeString(folder.resolve("disk.vmdk"), """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"
                RW 128 FLAT "\u001b]0;owned\u0007.raw" 0
                """);
        assertThat(audit(vmdk.toString()).out()).contains("owned").doesNotContain("\u001b");
    }

    @Test
    void aDeclaredFormatIsTakenAndItsContradictionTold() throws IOException {
        byte[] bytes = new byte[1 << 16];
        bytes[0] = 'Q';
        bytes[1] = 'F';
        bytes[2] = 'I';
        bytes[3] = (byte) 0xfb;
        bytes[7] = 3;
        Path path = Files.write(folder.resolve("guest-wrote-this.raw"), bytes);
        Program.Finished finished = audit("--image-format", "raw", path.toString());
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out()).contains("guest-wrote-this.raw: raw").contains("qcow2");
    }

    @Test
    void theHelpNamesTheExitCodes() {
        assertThat(Program.run("audit", "--help").out())
                .contains("--find", "--regex", "--rules", "--allow", "Exit codes");
    }
}
