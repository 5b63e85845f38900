package cofferdam.analysis;

import static cofferdam.analysis.Scene.HOST;
import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.pcapng.PcapngComments;
import cofferdam.monitor.policy.MonitorPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

class AnalysisTest {

    private static final List<String> SUBJECTS = List.of("vm1", "source");

    private final Scene scene = Scene.started();

    @Test
    void everyPropertyHasAQuestionAndAControl() {
        assertThat(Analysis.properties())
                .extracting(Property::id)
                .containsExactly(
                        "traffic-confidentiality",
                        "host-traffic-confidentiality",
                        "arp-integrity",
                        "nd-integrity",
                        "router-integrity",
                        "mac-authenticity",
                        "ip-authenticity",
                        "network-separation",
                        "guest-separation",
                        "connectivity",
                        "image-confidentiality",
                        "image-integrity",
                        "residual-confidentiality",
                        "host-file-confidentiality",
                        "device-confinement",
                        "page-sharing-confidentiality",
                        "channel-confinement",
                        "residual-memory-confidentiality",
                        "swap-confidentiality",
                        "host-memory-confidentiality",
                        "host-confinement",
                        "management-confinement",
                        "memory-confinement",
                        "neighbour-availability",
                        "performance-isolation",
                        "crash-containment");
        assertThat(Analysis.properties())
                .allSatisfy(property -> assertThat(property.control()).isNotEmpty())
                .allSatisfy(property -> assertThat(property.question()).endsWith("?"));
    }

    @Test
    void answersComeInTheOrderOfTheQuestions() {
        List<Question> questions = Analysis.properties().reversed().stream()
                .map(property -> new Question(property.id(), SUBJECTS, "vm2"))
                .toList();

        assertThat(judged(scene.files(), questions))
                .extracting(Judgement::question)
                .isEqualTo(questions);
    }

    @Test
    void aMissingCapabilityIsNotApplicableWithItsReason() {
        scene.record(new Event.CapabilityMissing(
                scene.tick(), "scenario", "host", "this monitor has no host"));
        scene.finish(RunOutcome.NOT_APPLICABLE);

        for (Property property : Analysis.properties()) {
            Judgement judgement = scene.judge(property.id(), "vm2");
            assertThat(judgement.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
            assertThat(judgement.reason()).isEqualTo("this monitor has no host");
        }
    }

    @Test
    void aRunThatSaysSoItselfIsNotApplicable() {
        scene.finish(RunOutcome.NOT_APPLICABLE);

        assertThat(scene.judge("arp-integrity", "").reason()).isEqualTo("the detail");
    }

    @Test
    void connectivityIsJudgedWhereExchangesTookPlaceAllTheSame() {
        scene.exchange(SOURCE, VM1).finish(RunOutcome.NOT_APPLICABLE);

        assertThat(scene.judge("connectivity", "").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void separateMachinesHaveNoHost() {
        Question question = new Question("host-traffic-confidentiality", SUBJECTS, "host");

        Judgement judgement = Analysis.judge(
                        RunFiles.of(scene.files()),
                        Scene.policy(MonitorPolicy.Type.PHYSICAL),
                        List.of(question))
                .getFirst();

        assertThat(judgement.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void aFailingCheckerIsAnErrorOfItsQuestionAlone() {
        Checker broken = new Checker() {
            @Override
            public Property property() {
                return new Property("broken", 2, "?", false, "");
            }

            @Override
            public Judgement judge(Run run, Question question) {
                throw new IllegalStateException("a fault of ours");
            }
        };
        scene.exchange(SOURCE, VM1).finish(RunOutcome.COMPLETED);

        List<Judgement> judgements = Analysis.judge(
                List.of(broken, new Connectivity()),
                RunFiles.of(scene.files()),
                Scene.policy(MonitorPolicy.Type.TYPE_I),
                List.of(
                        new Question("broken", SUBJECTS, ""),
                        new Question("connectivity", SUBJECTS, "")));

        assertThat(judgements)
                .extracting(Judgement::verdict)
                .containsExactly(Verdict.ERROR, Verdict.UPHELD);
        assertThat(judgements.getFirst().reason()).contains("a fault of ours");
    }

    @Test
    void anUnknownPropertyIsAnError() {
        assertThat(scene.judge("happiness", "").verdict()).isEqualTo(Verdict.ERROR);
    }

    @Test
    void annotatedCapturesCommentOnTheProofAndJudgeAlike() throws Exception {
        scene.watchers.add(VM2);
        scene.watchers.add(HOST);
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2).finish(RunOutcome.COMPLETED);
        List<Question> questions = List.of(
                new Question("traffic-confidentiality", SUBJECTS, "vm2"),
                new Question("host-traffic-confidentiality", SUBJECTS, "host"),
                new Question("connectivity", SUBJECTS, ""));
        Map<String, byte[]> files = scene.files();
        List<Judgement> judgements = judged(files, questions);

        SortedMap<String, byte[]> annotated = Analysis.annotate(RunFiles.of(files), judgements);

        assertThat(annotated).containsOnlyKeys("captures/host.pcapng", "captures/vm2.pcapng");
        assertThat(PcapngComments.read(annotated.get("captures/host.pcapng")))
                .hasSize(4)
                .containsValue("cofferdam: vm1 -> source seen by host");
        files.putAll(annotated);
        assertThat(judged(files, questions)).isEqualTo(judgements);
    }

    @Test
    void severalCommentsOnOneFrameAreJoined() throws Exception {
        scene.watchers.add(VM2);
        scene.meet(SOURCE, VM1).exchange(SOURCE, VM1);
        SortedMap<Integer, String> comments = new TreeMap<>(Map.of(3, "cofferdam: more"));
        Judgement other = new Judgement(
                new Question("x", SUBJECTS, ""),
                Verdict.VIOLATED,
                "",
                List.of(new FrameReference("captures/vm2.pcapng", comments)));

        byte[] annotated = Analysis.annotate(
                        RunFiles.of(scene.files()),
                        List.of(scene.judge("traffic-confidentiality", "vm2"), other))
                .get("captures/vm2.pcapng");

        assertThat(PcapngComments.read(annotated))
                .containsEntry(3, "cofferdam: source -> vm1 seen by vm2; cofferdam: more");
    }

    @Test
    void judgementsOfAnotherRunCannotBeAnnotated() {
        scene.watchers.add(VM2);
        scene.exchange(SOURCE, VM1);
        Judgement judgement = scene.judge("traffic-confidentiality", "vm2");

        assertThatThrownBy(() -> Analysis.annotate(RunFiles.of(Map.of()), List.of(judgement)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("captures/vm2.pcapng: there is no such file");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void damagedEvidenceIsNeverAnError(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        scene.exchange(SOURCE, VM1).exchange(VM1, SOURCE).finish(RunOutcome.COMPLETED);
        SortedMap<String, byte[]> sound = scene.files();
        List<Question> questions = Analysis.properties().stream()
                .map(property -> new Question(property.id(), SUBJECTS, "vm2"))
                .toList();
        for (int i = 0; i < 2000; i++) {
            Map<String, byte[]> damaged = new TreeMap<>(sound);
            String file = List.copyOf(sound.keySet()).get(random.nextInt(sound.size()));
            byte[] bytes = sound.get(file).clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            damaged.put(file, bytes);

            assertThat(judged(damaged, questions))
                    .as("seed %d, round %d", seed, i)
                    .noneMatch(judgement -> judgement.verdict() == Verdict.ERROR);
        }
    }

    private static List<Judgement> judged(Map<String, byte[]> files, List<Question> questions) {
        return Analysis.judge(
                RunFiles.of(files), Scene.policy(MonitorPolicy.Type.TYPE_I), questions);
    }
}
