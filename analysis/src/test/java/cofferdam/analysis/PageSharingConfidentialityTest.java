package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.MemoryScene.Usage;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;

class PageSharingConfidentialityTest {

    private static final int OF = 2000;
    private static final String PROGRAM = "dedup-probe";

    private final MemoryScene scene = MemoryScene.started();
    private final SplittableRandom random = new SplittableRandom(7);
    private final BitSet held = someOf(OF, 1000);

    PageSharingConfidentialityTest() {
        scene.policy = "hardened";
        scene.seen.put("vm1", new Usage(16, 12, 12, 0, 0));
        scene.own.put("vm1", new Usage(16, 12, 12, 0, 0));
        scene.seen.put("vm2", new Usage(16, 12, 12, 0, 0));
        scene.own.put("vm2", new Usage(16, 12, 12, 0, 0));
    }

    @Test
    void timesThatSayNothingUphold() {
        probe(fast());

        Judgement judgement = judge();
        isUpheld(judgement);
        assertThat(judgement.figures())
                .contains(
                        new Figure("pages-held", "1000", ""),
                        new Figure("pages-not-held", "1000", ""))
                .filteredOn(figure -> figure.name().equals("error-rate"))
                .singleElement()
                .satisfies(figure ->
                        assertThat(Double.parseDouble(figure.value())).isBetween(45.0, 55.0));
    }

    @Test
    void timesThatAreAllTheSameUphold() {
        probe(times(page -> 5000));

        isUpheld(judge());
    }

    @Test
    void slowWritesToPagesThatTheSubjectHeldAreABreach() {
        probe(times(
                page -> held.get(page) ? 5000 + random.nextLong(99) : 90 + random.nextLong(99)));

        scene.isViolated(
                judge(),
                "told the pages that vm1 held from others by the time of writes, wrong in 0.00 %",
                this::isProof);
        assertThat(judge().figures()).contains(new Figure("area-under-curve", "1.000", ""));
    }

    @Test
    void fastWritesToThemAreABreachToo() {
        probe(times(page -> held.get(page) ? 90 : 5000));

        scene.isViolated(judge(), "wrong in 0.00 %", this::isProof);
    }

    @Test
    void writesToThemThatAreFastOrSlowButNeverUsualAreABreach() {
        probe(times(page -> held.get(page) ? (random.nextBoolean() ? 10 : 5000) : 2500));

        scene.isViolated(judge(), "told the pages", this::isProof);
    }

    @Test
    void fewSlowWritesAllToThemAreNeitherProofNorChance() {
        int[] slow = held.stream().limit(12).toArray();
        probe(times(page -> Arrays.binarySearch(slow, page) >= 0 ? 5000 : 100));

        isInconclusive(judge(), "neither far from chance nor near it");
    }

    @Test
    void oneSlowWriteToTheOnlyPageHeldIsNoBreach() {
        BitSet one = new BitSet();
        one.set(77);
        scene.configured("vm1", 16, 16).configured("vm2", 16, 16).live(3);
        holds("vm1", "collection", one, OF);
        filled().live(20);
        timed("vm2", times(page -> page == 77 ? 5000 : 100));
        scene.live(3).finish();

        isInconclusive(judge(), "vm1 held 1 of 2000 pages");
    }

    @Test
    void aBreachNeedsNoControl() {
        holds("vm1", "collection", held, OF);
        timed("vm2", times(page -> held.get(page) ? 5000 : 90));

        scene.isViolated(judge(), "wrong in 0.00 %", this::isProof);
    }

    @Test
    void aBreachInTheSecondProbeIsOne() {
        probe(fast());
        scene.without(Event.RunFinished.class::isInstance);
        List<Long> slow = times(page -> held.get(page) ? 5000 : 90);
        timed("vm2", slow);
        scene.finish();

        scene.isViolated(
                judge(),
                "wrong in 0.00 %",
                event -> (event instanceof Event.WritesTimed timed
                                && timed.outcome().equals(slow))
                        || (event instanceof Event.PagesHeld pages
                                && pages.actor().equals("vm1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            configured vm1 | vm1 and vm2 were not all given memory
            configured vm2 | vm1 and vm2 were not all given memory
            held           | vm1 held no pages before writes were timed
            alive before   | vm1 was not shown to be alive
            alive between  | vm1 was not shown to be alive
            alive after    | vm1 was not shown to be alive
            alive vm2      | vm2 was not shown to be alive
            filled         | vm2 did not fill the pages that it wrote to
            seen vm1       | monitor did not look how the memory of vm1 was used
            seen vm2       | monitor did not look how the memory of vm2 was used
            timed          | vm2 timed no writes
            finish         | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        step("configured vm1", missing, () -> scene.configured("vm1", 16, 16));
        step("configured vm2", missing, () -> scene.configured("vm2", 16, 16));
        step("seen vm1", missing, () -> scene.seen.put("vm1", new Usage(16, 12, 12, 0, 0)));
        if (missing.startsWith("seen")) {
            scene.seen.remove(missing.substring(5));
        }
        scene.beating.remove(missing.equals("alive before") ? "vm1" : "");
        scene.beating.remove(missing.equals("alive vm2") ? "vm2" : "");
        scene.live(3);
        step("held", missing, () -> holds("vm1", "collection", held, OF));
        scene.beating.add("vm1");
        step("filled", missing, this::filled);
        scene.beating.remove(missing.equals("alive between") ? "vm1" : "");
        scene.live(20);
        step("timed", missing, () -> timed("vm2", fast()));
        scene.beating.remove(missing.equals("alive after") ? "vm1" : "");
        scene.live(3);
        step("finish", missing, scene::finish);

        isInconclusive(judge(), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            released  | the memory of vm1 did not stay as it was: FramesReleased
            given     | the memory of vm1 did not stay as it was: MemoryConfigured
            power     | the memory of vm1 did not stay as it was: PowerChanged
            killed    | the memory of vm1 did not stay as it was: ProcessEnded
            killed-it | the memory of vm2 did not stay as it was: ProcessEnded
            held      | vm1 held other pages before
            swapped   | 4194304 swapped
            own-swap  | vm1 had 4194304 bytes in its own swap space
            unwatched | vm1 did not look how the memory of vm1 was used
            small     | vm1 had 2097152 bytes in memory
            """)
    void whatDisturbsTheMemoryInBetweenMakesItInconclusive(String what, String reason) {
        scene.configured("vm1", 16, 16).configured("vm2", 16, 16).live(3);
        holds("vm1", "collection", held, OF);
        filled().live(10);
        switch (what) {
            case "released" ->
                scene.record(
                        new Event.FramesReleased(scene.tick(), "monitor", "vm1", "swap", "4-7"));
            case "given" -> scene.configured("vm1", 16, 16);
            case "power" ->
                scene.record(
                        new Event.PowerChanged(scene.tick(), "vm1", "", PowerState.STARTED, ""));
            case "killed" -> scene.killed("vm1");
            case "killed-it" -> scene.killed("vm2");
            case "held" -> holds("vm1", "collection", someOf(OF, 1000), OF);
            case "own-swap" -> scene.own.put("vm1", new Usage(16, 12, 12, 0, 4));
            case "unwatched" -> {
                scene.own.remove("vm1");
                scene.without(event -> event instanceof Event.MemorySampled sample
                        && sample.actor().equals("vm1"));
            }
            case "swapped" -> scene.seen.put("vm1", new Usage(16, 12, 12, 0, 4));
            default -> scene.seen.put("vm1", new Usage(16, 2, 2, 0, 0));
        }
        scene.live(10);
        timed("vm2", fast());
        scene.live(3).finish();

        isInconclusive(judge(), reason);
    }

    @Test
    void tooLittleTimeForTheScannerIsInconclusive() {
        scene.configured("vm1", 512, 512).configured("vm2", 512, 512).live(3);
        holds("vm1", "collection", held, OF);
        filled().live(20);
        timed("vm2", fast());
        scene.live(3).finish();

        isInconclusive(judge(), "had 20.0 s to find equal pages, 2 passes take 52.4 s");
    }

    @Test
    void aClockThatStandsStillIsInconclusive() {
        probe(times(page -> 0));

        isInconclusive(judge(), "the clock of vm2 did not run");
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 1801})
    void tooFewPagesOfEitherKindAreInconclusive(int pages) {
        BitSet few = someOf(OF, pages);
        scene.configured("vm1", 16, 16).configured("vm2", 16, 16).live(3);
        holds("vm1", "collection", few, OF);
        filled().live(20);
        timed("vm2", times(page -> 100));
        scene.live(3).finish();

        isInconclusive(judge(), "of either kind it takes 200");
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        probe(fast());
        scene.without(Event.RunFinished.class::isInstance).finish(RunOutcome.TIMED_OUT);

        isInconclusive(judge(), "the run did not complete");
    }

    @Test
    void timesOfAnotherMachineSayNothing() {
        probe(fast());
        scene.change(event -> event instanceof Event.WritesTimed timed
                ? new Event.WritesTimed(timed.time(), "vm1", timed.subject(), timed.outcome())
                : event);

        isInconclusive(judge(), "vm2 timed no writes");
    }

    @Test
    void pagesThatAnotherMachineHeldSayNothing() {
        probe(fast());
        scene.change(
                event -> event instanceof Event.PagesHeld pages && pages.actor().equals("vm1")
                        ? new Event.PagesHeld(
                                pages.time(), "host", pages.subject(), pages.of(), pages.outcome())
                        : event);

        isInconclusive(judge(), "vm1 held no pages");
    }

    @Test
    void pagesThatWereHeldOnlyAfterwardsSayNothing() {
        scene.configured("vm1", 16, 16).configured("vm2", 16, 16).live(3);
        filled().live(20);
        timed("vm2", fast());
        holds("vm1", "collection", held, OF);
        scene.live(3).finish();

        isInconclusive(judge(), "vm1 held no pages before");
    }

    @Test
    void timesOfOtherPagesThanTheCollectionsSayNothing() {
        probe(fast());
        scene.change(event -> event instanceof Event.WritesTimed timed
                ? new Event.WritesTimed(
                        timed.time(), "vm2", PROGRAM, timed.outcome().subList(0, 1999))
                : event);

        isInconclusive(judge(), "1999 writes were timed, the collection has 2000 pages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ff", "zz", "0000"})
    void whatWasHeldMustBeTold(String digits) {
        probe(fast());
        scene.change(
                event -> event instanceof Event.PagesHeld pages && pages.actor().equals("vm1")
                        ? new Event.PagesHeld(pages.time(), "vm1", "collection", OF, digits)
                        : event);

        assertThat(judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void pagesThatTheObserverFilledOnlyInPartSayNothing() {
        probe(fast());
        scene.change(
                event -> event instanceof Event.PagesHeld pages && pages.actor().equals("vm2")
                        ? new Event.PagesHeld(pages.time(), "vm2", PROGRAM, OF, digits(held, OF))
                        : event);

        isInconclusive(judge(), "vm2 did not fill all pages");
    }

    private static void step(String step, String missing, Runnable action) {
        if (!step.equals(missing)) {
            action.run();
        }
    }

    private void probe(List<Long> cycles) {
        scene.configured("vm1", 16, 16).configured("vm2", 16, 16).live(3);
        holds("vm1", "collection", held, OF);
        filled().live(20);
        timed("vm2", cycles);
        scene.live(3).finish();
    }

    private MemoryScene filled() {
        BitSet all = new BitSet();
        all.set(0, OF);
        return holds("vm2", PROGRAM, all, OF);
    }

    private MemoryScene holds(String machine, String program, BitSet pages, int of) {
        return scene.record(
                new Event.PagesHeld(scene.tick(), machine, program, of, digits(pages, of)));
    }

    private void timed(String machine, List<Long> cycles) {
        scene.record(new Event.WritesTimed(scene.tick(), machine, PROGRAM, cycles));
    }

    private List<Long> fast() {
        return times(page -> 80 + random.nextLong(60));
    }

    private static List<Long> times(IntToLongFunction time) {
        List<Long> times = new ArrayList<>();
        for (int page = 0; page < OF; page++) {
            times.add(time.applyAsLong(page));
        }
        return times;
    }

    private BitSet someOf(int of, int count) {
        BitSet some = new BitSet();
        while (some.cardinality() < count) {
            some.set(random.nextInt(of));
        }
        return some;
    }

    private static String digits(BitSet bits, int of) {
        return HexFormat.of().formatHex(Arrays.copyOf(bits.toByteArray(), (of + 7) / 8));
    }

    private boolean isProof(Event event) {
        return event instanceof Event.WritesTimed
                || (event instanceof Event.PagesHeld pages && pages.actor().equals("vm1"));
    }

    private Judgement judge() {
        return scene.judge("page-sharing-confidentiality", "vm1", "vm2");
    }
}
