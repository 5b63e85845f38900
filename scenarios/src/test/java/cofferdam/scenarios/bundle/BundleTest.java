package cofferdam.scenarios.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.Figure;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.policy.Policies;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class BundleTest {

    private static final String RUN = "few-frames/virtual-server-1.0/emulated/seed-1";

    @TempDir
    Path folder;

    @Test
    void readsARunAndWhatItLeftBehind() throws Exception {
        Bundle bundle = Bundle.open(OldBundles.version(1));
        RunResult run = bundle.runs().getLast();
        assertThat(bundle.runs()).extracting(RunResult::folder).contains(RUN).hasSize(2);
        assertThat(run.duration()).isZero();
        assertThat(run.properties().getFirst().judgement()).satisfies(judgement -> {
            assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
            assertThat(judgement.question())
                    .isEqualTo(new Question(
                            "traffic-confidentiality", List.of("vm1", "source"), "vm2"));
            assertThat(judgement.frames().getFirst().frames()).containsExactly(7, 8, 9, 10);
        });
        assertThat(bundle.scenario(run).name()).isEqualTo("few-frames");
        assertThat(bundle.policy(run)).isEqualTo(Policies.load("virtual-server-1.0"));
        assertThat(bundle.files(run).read("events.jsonl")).isPresent();
        assertThat(bundle.files(run).read("captures/vm9.pcapng")).isEmpty();
    }

    @Test
    void readsBackEverythingThatASummaryTells() throws Exception {
        RunResult run = new RunResult(
                "s", "p.1", "emulated", Long.MAX_VALUE, properties(), null, Duration.ZERO);
        write(ResultJson.forBundle("7", List.of(run)));
        Bundle bundle = Bundle.open(folder.resolve("b"));
        assertThat(bundle.runs()).containsExactly(run);
        assertThat(bundle.summary().version()).isEqualTo("7");
        assertThat(bundle.summary().counts().accepted()).isEqualTo(1);
    }

    private static List<PropertyResult> properties() {
        Question pair = new Question("traffic-confidentiality", List.of("vm1", "source"), "vm2");
        Question single = new Question("crash-containment", List.of("vm1"), "");
        return List.of(
                new PropertyResult(
                        new Judgement(
                                pair,
                                Verdict.VIOLATED,
                                "\u001b[31m \"quoted\"",
                                List.of(
                                        new FrameReference(
                                                "captures/vm2.pcapng",
                                                new TreeMap<>(Map.of(3, "", 9, ""))),
                                        new EventReference(List.of(1, 2)),
                                        new ImageReference("images/a/vm1.qcow2", List.of(0L, 9L))),
                                List.of(new Figure("slowdown", "12", "%"))),
                        null,
                        "a laboratory"),
                new PropertyResult(
                        new Judgement(single, Verdict.NOT_APPLICABLE, "", List.of()),
                        Verdict.UPHELD,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../etc", "/etc", "", "A", "a/b", "a b", "."})
    void refusesANameThatIsNoName(String name) throws Exception {
        write(summary(name, "1").getBytes(UTF_8));
        assertThatThrownBy(() -> Bundle.open(folder.resolve("b")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("runs[0].scenario is not a name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1|runs[0].seed is -1",
                "1.0|runs[0].seed is no whole number",
                "99999999999999999999|runs[0].seed is no whole number",
                "\"1\"|runs[0].seed is no whole number",
                "1, \"seed\": 2|no JSON",
                "2|runs[0].bundle is not 's/p/emulated/seed-2'"
            })
    void refusesASeedThatIsNone(String seed, String message) throws Exception {
        write(summary("s", seed).getBytes(UTF_8));
        assertThatThrownBy(() -> Bundle.open(folder.resolve("b"))).hasMessageContaining(message);
    }

    @Test
    void refusesTwoRunsOfOneFolder() throws Exception {
        RunResult run = new RunResult("s", "p", "emulated", 1, List.of(), null, Duration.ZERO);
        write(ResultJson.forBundle("7", List.of(run, run)));
        assertThatThrownBy(() -> Bundle.open(folder.resolve("b")))
                .hasMessageContaining("two runs of the folder 's/p/emulated/seed-1'");
    }

    @Test
    void refusesANestingWithoutEnd() throws Exception {
        write("[".repeat(100_000).getBytes(UTF_8));
        assertThatThrownBy(() -> Bundle.open(folder.resolve("b")))
                .isInstanceOf(BundleException.class);
    }

    @Test
    void refusesAFolderThatIsNoBundle() {
        assertThatThrownBy(() -> Bundle.open(folder)).hasMessageContaining("is not a bundle");
        assertThatThrownBy(() -> Bundle.open(folder.resolve("nowhere")))
                .isInstanceOf(BundleException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Manifest.VERSION + 1})
    void refusesAVersionThatItDoesNotKnow(int version) throws Exception {
        Path copy = OldBundles.copy(OldBundles.version(1), folder.resolve("b"));
        replace(copy.resolve(Manifest.NAME), "\"version\" : 1", "\"version\" : " + version);
        assertThatThrownBy(() -> Bundle.open(copy))
                .hasMessageContaining("is a bundle of version " + version);
    }

    @Test
    void refusesASummaryThatIsALink() throws Exception {
        Path copy = OldBundles.copy(OldBundles.version(1), folder.resolve("b"));
        Files.move(copy.resolve("summary.json"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(copy.resolve("summary.json"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> Bundle.open(copy)).hasMessageContaining("link");
    }

    @Test
    void doesNotFollowALinkOnTheWayToARun() throws Exception {
        Path copy = OldBundles.copy(OldBundles.version(1), folder.resolve("b"));
        Files.move(copy.resolve("few-frames"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(copy.resolve("few-frames"), folder.resolve("elsewhere"));
        Bundle bundle = Bundle.open(copy);
        RunResult run = bundle.runs().getFirst();
        assertThatThrownBy(() -> bundle.files(run).read("events.jsonl"))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("link");
        assertThatThrownBy(() -> bundle.policy(run)).isInstanceOf(BundleException.class);
    }

    @Test
    void opensABundleThatTheUserNamesByALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("latest"), OldBundles.version(1));
        Bundle bundle = Bundle.open(link);
        assertThat(bundle.files(bundle.runs().getFirst()).read("policy.yaml")).isPresent();
    }

    @Test
    void refusesAPolicyOfAnotherName() throws Exception {
        Path copy = OldBundles.copy(OldBundles.version(1), folder.resolve("b"));
        replace(copy.resolve(RUN + "/policy.yaml"), "virtual-server-1.0", "hardened");
        Bundle bundle = Bundle.open(copy);
        assertThatThrownBy(() -> bundle.policy(bundle.runs().getLast()))
                .hasMessageContaining("is of 'hardened', not of 'virtual-server-1.0'");
    }

    private void write(byte[] summary) throws BundleException {
        try (BundleWriter writer =
                BundleWriter.create(folder.resolve("b"), "1.0", Optional.empty())) {
            writer.add("summary.json", summary);
            writer.complete();
        }
    }

    private static String summary(String scenario, String seed) {
        return """
                {"tool": {"name": "cofferdam", "version": "1"},
                 "runs": [{"scenario": "%s", "policy": "p", "monitor": "emulated", "seed": %s,
                           "bundle": "s/p/emulated/seed-1", "properties": []}],
                 "summary": {"upheld": 0, "violated": 0, "inconclusive": 0, "notApplicable": 0,
                             "error": 0, "accepted": 0, "unexpected": 0}}
                """.formatted(scenario, seed);
    }

    private static void replace(Path file, String wanted, String instead) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(wanted);
        Files.writeString(file, text.replace(wanted, instead));
    }
}
