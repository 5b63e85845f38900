package cofferdam.analysis.story;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.RunFiles;
import cofferdam.analysis.Verdict;
import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

class RunStoriesTest {

    private static final Policy HUB = Policies.builtIn("virtual-server-1.0").orElseThrow();
    private static final Machine VM1 = machine("vm1", 1);
    private static final Machine VM2 = machine("vm2", 2);
    private static final Machine SOURCE = machine("source", 3);
    private static final Canary SECRET = Canary.of(0x0123_4567_89ab_cdefL, 0x1111_2222_3333_4444L);
    private static final long SECOND = 1_000_000_000L;

    private final RecordedEvidence evidence = new RecordedEvidence();
    private final SortedMap<String, byte[]> more = new TreeMap<>();
    private long now = 1_000_000_000_000L;

    RunStoriesTest() {
        for (Machine machine : List.of(VM1, VM2, SOURCE)) {
            evidence.record(new Event.MachineStarted(
                    tick(), machine.name(), machine.address(), machine.mac()));
            evidence.capture(machine.name()).addInterface("eth0", "", machine.mac());
        }
        evidence.capture("uplink").addInterface("wire", "", MacAddress.parse("02:00:00:00:00:09"));
    }

    private static Machine machine(String name, int number) {
        return new Machine(
                name,
                Ipv4Address.parse("10.0.0." + number),
                MacAddress.parse("02:00:00:00:00:0" + number));
    }

    private long tick() {
        now += 1000;
        return now;
    }

    private void seen(String vantage, Direction direction, byte[] frame) {
        evidence.capture(vantage).frame(0, tick(), direction, frame, 0, frame.length);
    }

    private Story story(EvidenceReference... proofs) {
        SortedMap<String, byte[]> files = new TreeMap<>(evidence.files());
        files.putAll(more);
        return RunStories.read(RunFiles.of(files), HUB).of(judgement(proofs));
    }

    private static Judgement judgement(EvidenceReference... proofs) {
        return new Judgement(
                new Question("traffic-confidentiality", List.of("vm1", "source"), "vm2"),
                Verdict.VIOLATED,
                "",
                List.of(proofs));
    }

    private static FrameReference frames(String vantage, Integer... numbers) {
        SortedMap<Integer, String> comments = new TreeMap<>();
        Arrays.stream(numbers).forEach(number -> comments.put(number, "why " + number));
        return new FrameReference("captures/%s.pcapng".formatted(vantage), comments);
    }

    private static Leak.OfFrame leak(Story story) {
        return (Leak.OfFrame) story.topology().flatMap(Topology::leak).orElseThrow();
    }

    @Test
    void theWayOfALeakIsEveryCaptureThatHasTheFrameInOrderOfTime() {
        byte[] frame = Frames.udp(SOURCE, VM1, 7, "secret");
        seen("source", Direction.OUTBOUND, frame);
        seen("uplink", Direction.INBOUND, frame);
        seen("vm2", Direction.INBOUND, Frames.padded(frame, 60));
        seen("vm1", Direction.INBOUND, frame);

        Leak.OfFrame leak = leak(story(frames("vm2", 1)));

        assertThat(leak.from()).isEqualTo("source");
        assertThat(leak.meantFor()).isEqualTo("vm1");
        assertThat(leak.seenBy()).isEqualTo("vm2");
        assertThat(leak.sightings())
                .extracting(Leak.Sighting::vantage)
                .containsExactly("source", "uplink", "vm2", "vm1");
        assertThat(leak.sightings())
                .extracting(Leak.Sighting::sent)
                .containsExactly(true, false, false, false);
    }

    @Test
    void theSameBytesLongAfterAreAnotherFrame() {
        byte[] frame = Frames.udp(SOURCE, VM1, 7, "secret");
        seen("source", Direction.OUTBOUND, frame);
        seen("vm2", Direction.INBOUND, frame);
        now += SECOND;
        seen("vm1", Direction.INBOUND, frame);

        assertThat(leak(story(frames("vm2", 1))).sightings())
                .extracting(Leak.Sighting::vantage)
                .containsExactly("source", "vm2");
    }

    @Test
    void whoSentAFrameIsToldByCapturesAndNotByItsSourceAddress() {
        byte[] forged = Frames.udp(SOURCE, VM1, 8, "as if from source");
        seen("vm2", Direction.OUTBOUND, forged);
        seen("vm1", Direction.INBOUND, forged);

        Sequence.Line line =
                story(frames("vm1", 1)).sequences().getFirst().lines().getFirst();

        assertThat(line.from()).isEqualTo("vm2");
        assertThat(line.poses()).isEqualTo("source");
        assertThat(line.to()).isEqualTo("vm1");
        assertThat(line.seenBy()).containsExactly("vm2", "vm1");
    }

    @Test
    void aSequenceHasTheFirstProofsAndTheirNeighboursAndCountsAll() {
        IntStream.rangeClosed(1, 40)
                .forEach(number ->
                        seen("vm2", Direction.INBOUND, Frames.udp(SOURCE, VM1, number, "n")));
        Integer[] proofs = {3, 10, 11, 20, 25, 30, 31, 32};

        Sequence sequence = story(frames("vm2", proofs)).sequences().getFirst();

        assertThat(sequence.lines())
                .extracting(Sequence.Line::number)
                .containsExactly(2, 3, 4, 9, 10, 11, 12, 19, 20, 21, 24, 25, 26);
        assertThat(sequence.lines().stream().filter(Sequence.Line::proof))
                .extracting(Sequence.Line::comment)
                .containsExactly("why 3", "why 10", "why 11", "why 20", "why 25");
        assertThat(sequence.proofs()).isEqualTo(8);
        assertThat(sequence.proofsShown()).isEqualTo(5);
    }

    @Test
    void theObserverHasALaneThoughNothingWasAddressedToIt() {
        seen("vm2", Direction.INBOUND, Frames.udp(SOURCE, VM1, 1, "n"));

        assertThat(story(frames("vm2", 1)).sequences().getFirst().lanes())
                .containsExactly("source", "vm1", "vm2");
    }

    @Test
    void theBytesAreThoseOfTheProofWithTheLongestText() {
        seen("vm2", Direction.INBOUND, Frames.udp(SOURCE, VM1, 1, "short"));
        seen("vm2", Direction.INBOUND, Frames.udp(SOURCE, VM1, 2, "the longest text of all"));
        seen(
                "vm2",
                Direction.INBOUND,
                Frames.udp(SOURCE, VM1, 3, "no proof, however long it may be"));

        Excerpt excerpt = story(frames("vm2", 1, 2)).excerpts().getFirst();

        assertThat(excerpt.title()).isEqualTo("frame 2");
        assertThat(marked(excerpt)).isEqualTo("the longest text of all");
    }

    @Test
    void framesThatAreNotThereAreAProblemAndNoStory() {
        seen("vm2", Direction.INBOUND, Frames.udp(SOURCE, VM1, 1, "n"));

        Story story = story(frames("vm2", 99), frames("vm9", 1));

        assertThat(story.excerpts()).isEmpty();
        assertThat(story.topology().orElseThrow().leak()).isEmpty();
        assertThat(story.problems())
                .containsExactly(
                        "captures/vm2.pcapng has none of the frames that it should have",
                        "captures/vm9.pcapng cannot be read");
    }

    @Test
    void aSecretIsMarkedWhereItIsFoundInAnImage() {
        evidence.record(new Event.SecretRemembered(tick(), "vm1", "memory", SECRET, "", ""));
        byte[] image = new byte[1000];
        byte[] secret = SECRET.value().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(secret, 0, image, 500, secret.length);
        more.put("images/1-before/vm1.img", image);

        Story story = story(new ImageReference("images/1-before/vm1.img", List.of(500L)));

        Excerpt excerpt = story.excerpts().getFirst();
        assertThat(marked(excerpt)).isEqualTo(SECRET.value());
        assertThat(excerpt.rows().getFirst().offset()).isEqualTo(480);
        assertThat(story.topology().flatMap(Topology::leak))
                .contains(new Leak.OfBytes("vm1", "vm2", "images/1-before/vm1.img"));
    }

    @Test
    void placesOutsideAFileAreNotShown() {
        more.put("images/1-before/vm1.img", new byte[20]);

        Story story = story(
                new ImageReference("images/1-before/vm1.img", List.of(3L, 20L, Long.MAX_VALUE)));

        assertThat(story.excerpts()).hasSize(1);
        assertThat(story.excerpts().getFirst().rows())
                .extracting(Excerpt.Row::digits)
                .containsExactly("00".repeat(16), "00".repeat(4));
    }

    private static String marked(Excerpt excerpt) {
        StringBuilder text = new StringBuilder();
        for (Excerpt.Row row : excerpt.rows()) {
            for (int at = row.from(); at < row.until(); at++) {
                text.append((char) Integer.parseInt(row.digits(), 2 * at, 2 * at + 2, 16));
            }
        }
        return text.toString();
    }

    @Test
    void quotedLinesAreTheProofsAndTheTimesOfTheAttack() {
        evidence.record(new Event.AttackStarted(tick(), "vm2", "sniff", List.of("vm1")));
        evidence.record(new Event.PromiscuousChanged(tick(), "vm2", "eth0", true));
        evidence.record(new Event.AttackStopped(tick(), "vm2", "sniff", "stopped"));

        List<QuotedEvent> events = story(new EventReference(List.of(5, 77))).events();

        assertThat(events).extracting(QuotedEvent::line).containsExactly(4, 5, 6);
        assertThat(events).extracting(QuotedEvent::proof).containsExactly(false, true, false);
        assertThat(events.get(1))
                .returns("promiscuous-changed", QuotedEvent::kind)
                .returns("vm2", QuotedEvent::actor)
                .returns("eth0", QuotedEvent::subject)
                .returns("true", QuotedEvent::outcome);
        assertThat(events.getFirst().details()).isEqualTo("victims=[\"vm1\"]");
    }

    @Test
    void aLongValueIsCutAndCounted() {
        evidence.record(new Event.AttackStopped(tick(), "vm2", "sniff", "x".repeat(1000)));

        assertThat(story(new EventReference(List.of(4))).events().getFirst().outcome())
                .isEqualTo("x".repeat(160) + " and 840 more");
    }

    @Test
    void memoryIsShownWhereAJudgementRestsOnEvents() {
        sampled(100);
        now += SECOND;
        sampled(300);

        List<MemoryPanel> panels = story(new EventReference(List.of(4))).memory();

        assertThat(panels).extracting(MemoryPanel::subject).containsExactly("vm1");
        assertThat(panels.getFirst().series())
                .filteredOn(series -> series.quantity() == MemoryPanel.Quantity.USED)
                .singleElement()
                .satisfies(series -> assertThat(series.last()).isEqualTo(300));
        assertThat(story(frames("vm2", 1)).memory()).isEmpty();
    }

    private void sampled(long used) {
        evidence.record(
                new Event.MemorySampled(tick(), "monitor", "vm1", 1000, used, used, 0, 0, 0));
    }

    @Test
    void pointsOfALevelStretchAreLeftOutAndTheLastOneIsNot() {
        List<MemoryPanel.Point> points = IntStream.range(0, 1000)
                .mapToObj(at -> new MemoryPanel.Point(at, at < 500 ? 1 : 2))
                .toList();

        assertThat(MemoryPanels.thinned(points))
                .extracting(MemoryPanel.Point::time)
                .containsExactly(0L, 499L, 500L, 999L);
    }

    @Test
    void manyPointsAreThinnedOut() {
        List<MemoryPanel.Point> points = IntStream.range(0, 10_000)
                .mapToObj(at -> new MemoryPanel.Point(at, at))
                .toList();

        List<MemoryPanel.Point> thinned = MemoryPanels.thinned(points);

        assertThat(thinned).hasSizeLessThanOrEqualTo(MemoryPanels.MAXIMUM_POINTS);
        assertThat(thinned.getFirst()).isEqualTo(points.getFirst());
        assertThat(thinned.getLast()).isEqualTo(points.getLast());
    }

    @Test
    void withoutEventsNothingIsToldButWhy() {
        Story story = RunStories.read(name -> java.util.Optional.empty(), HUB).of(judgement());

        assertThat(story).isEqualTo(Story.untold("there is no events.jsonl"));
    }
}
