package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class OtherCommandsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "scenarios, arp-poisoning",
        "suites, network",
        "policies, virtual-server-1.0",
        "attacks, port-stealing",
        "monitors, emulated",
        "properties, traffic-confidentiality",
        "expectations, thesis-2003",
        "schemas, summary"
    })
    void listsEveryKindInBothFormats(String kind, String member) {
        Program.Finished text = Program.run("list", kind);
        assertThat(text.exitCode()).isZero();
        assertThat(text.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(member)
                        .hasSizeGreaterThan(member.length() + 10));
        JsonNode document = new JsonMapper()
                .readTree(Program.run("list", kind, "--format", "json").out());
        assertThat(document.valueStream().map(entry -> entry.at("/name").asString()))
                .contains(member);
    }

    @Test
    void listsWhichRequirementIsTestedByWhatAndWhichByNothing() {
        Program.Finished text = Program.run("list", "coverage");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .contains("FDP_RIP_EXT.2")
                .contains("tested by residual-disk, snapshot-residue")
                .contains("tested by nothing yet");
        assertThat(Program.run("list", "coverage", "--format", "markdown").out())
                .contains("| T1557.002 |")
                .contains("| FPT\\_HCL\\_EXT.1 | Hypercall controls | test | nothing yet |");
        JsonNode document = new JsonMapper()
                .readTree(Program.run("list", "coverage", "--format", "json").out());
        assertThat(document.at("/families/0/requirements").valueStream()).anySatisfy(row -> {
            assertThat(row.at("/id").asString()).isEqualTo("FPT_GVI_EXT.1");
            assertThat(row.at("/evaluation").asString()).isEqualTo("review");
            assertThat(row.at("/scenarios/0").asString()).isEqualTo("image-corruption");
        });
    }

    @Test
    void aListIsAMarkdownTableToo() {
        assertThat(Program.run("list", "policies", "--format", "markdown").out())
                .startsWith("| name | what it is |")
                .contains("| hardened | A type I monitor");
    }

    @Test
    void listingAnUnknownKindIsBadUsage() {
        Program.Finished finished = Program.run("list", "colours");
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("colours").containsIgnoringCase("scenarios");
    }

    @Test
    void theDoctorNamesMonitorsAndTools() {
        Program.Finished finished = Program.run("doctor");
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).contains("emulated", "works", "tshark", "wireshark");
    }

    @Test
    void theDoctorSpeaksJson() {
        JsonNode document = new JsonMapper()
                .readTree(Program.run("doctor", "--format", "json").out());
        assertThat(document.at("/monitors/0/works").asBoolean()).isTrue();
        assertThat(document.at("/tools").size()).isGreaterThan(2);
        for (String list : List.of("guests", "lab", "tools")) {
            assertThat(document.at("/" + list).valueStream()).as(list).allSatisfy(finding -> {
                assertThat(finding.at("/found").isBoolean()).isTrue();
                assertThat(finding.at("/purpose").asString()).isNotEmpty();
            });
        }
        assertThat(document.at("/guests")
                        .valueStream()
                        .map(part -> part.at("/name").asString()))
                .containsExactly("kvm", "kernel", "linux.uml", "busybox");
    }

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        Program.Finished finished = Program.run("--help");
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out())
                .contains("run", "list", "doctor", "generate-completion", "Exit codes")
                .contains("inconclusive");
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(Program.run("--version").out())
                .matches("cofferdam [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
    }

    @Test
    void theCompletionScriptKnowsScenariosAndPolicies() {
        assertThat(Program.run("generate-completion").out())
                .contains("arp-poisoning")
                .contains("virtual-server-1.0")
                .contains("thesis-2003");
    }

    @Test
    void theCompletionScriptIsAcceptedByBashAndCompletes() throws Exception {
        Program.Finished finished = Program.run("generate-completion");
        assertThat(finished.exitCode()).isZero();
        Path script = Files.writeString(folder.resolve("completion"), finished.out());
        String completions = DebianTool.find("bash")
                .run(List.of(
                        "-c",
                        ". \"$0\"; COMP_WORDS=(cofferdam li); COMP_CWORD=1; _complete_cofferdam; "
                                + "echo \"${COMPREPLY[@]}\"",
                        script.toString()));
        assertThat(completions.trim()).isEqualTo("list");
    }
}
