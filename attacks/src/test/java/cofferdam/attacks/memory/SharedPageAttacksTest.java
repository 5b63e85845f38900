package cofferdam.attacks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.monitor.CollectionPage;
import cofferdam.monitor.Machine;
import cofferdam.monitor.ProgramMemory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The attacks by the time of writes. */
class SharedPageAttacksTest {

    private static final Duration LONG = Duration.ofHours(2);

    private final MergingHost host = new MergingHost();

    static List<Attack> both() {
        return List.of(new DedupProbe(), new CovertChannel());
    }

    @Test
    void aProbeFillsWaitsAndTimesAllPages() throws Exception {
        host.counts.put("of", 100);
        neighbourHolds(7, 99);
        Attack.Campaign probe = host.start(new DedupProbe());

        assertThat(probe.ready()).isFalse();
        host.timeline.run(Duration.ofMillis(19_999));
        assertThat(probe.ready()).isFalse();
        host.timeline.run(Duration.ofMillis(2));
        assertThat(probe.ready()).isTrue();
        assertThat(host.acts).containsExactly("filled 100", "timed");
        assertThat(host.cycles).hasSize(100);
        assertThat(host.cycles.get(7)).isGreaterThan(4000);
        assertThat(host.cycles.get(99)).isGreaterThan(4000);
        assertThat(host.cycles).filteredOn(time -> time > 200).hasSize(2);
        assertThat(host.reports)
                .singleElement()
                .asString()
                .startsWith("2 of 100 pages seem to be a neighbour's too");
        probe.stop();
        assertThat(probe.stopped()).isTrue();
        assertThat(host.running()).singleElement().matches(left -> left.machine.equals("victim"));
    }

    @Test
    void aProbeOfAHostThatMergesNothingFindsNothing() throws Exception {
        host.merges = false;
        host.counts.put("of", 100);
        neighbourHolds(7, 99);
        host.start(new DedupProbe());
        host.timeline.run(LONG);

        assertThat(host.reports)
                .singleElement()
                .asString()
                .startsWith("0 of 100 pages seem to be a neighbour's too");
    }

    @Test
    void messagesArriveRoundByRoundAndNoPageIsUsedTwice() throws Exception {
        host.counts.put("bits", 200);
        host.counts.put("rounds", 3);
        Attack.Campaign channel = host.start(new CovertChannel());
        host.timeline.run(LONG);

        assertThat(channel.ready()).isTrue();
        assertThat(host.given).hasSize(3).doesNotHaveDuplicates();
        assertThat(host.received).isEqualTo(host.given);
        assertThat(host.acts)
                .containsExactly(
                        "given round-1",
                        "received round-1, 200 bits in PT20S",
                        "given round-2",
                        "received round-2, 200 bits in PT20S",
                        "given round-3",
                        "received round-3, 200 bits in PT20S");
        assertThat(host.running()).isEmpty();
        assertThat(host.timeline.now()).isEqualTo(LONG.toNanos());
        assertThat(host.programs)
                .filteredOn(program -> program.machine.equals("vm2"))
                .extracting(program -> HexFormat.of().formatHex(program.pages.getFirst(), 1, 64))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void nothingArrivesWhereNothingIsMerged() throws Exception {
        host.merges = false;
        host.start(new CovertChannel());
        host.timeline.run(LONG);

        assertThat(host.received).containsExactly(new BitSet());
    }

    @Test
    void theReceiverIsNotToldTheMessage() throws Exception {
        host.counts.put("bits", 300);
        host.start(new CovertChannel());

        assertThat(host.programs).hasSize(2);
        MergingHost.Program sender = host.programs.getFirst();
        MergingHost.Program receiver = host.programs.getLast();
        assertThat(sender.machine).isEqualTo("vm1");
        assertThat(receiver.machine).isEqualTo("vm2");
        MergingHost other = new MergingHost();
        other.random.nextLong();
        other.counts.put("bits", 300);
        other.start(new CovertChannel());
        assertThat(other.given).isNotEqualTo(host.given);
        assertThat(other.programs.getLast().pages.subList(0, 300))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(receiver.pages.subList(0, 300));
    }

    @ParameterizedTest
    @MethodSource("both")
    void withoutMemoryForThePagesTheAttackFailsInWords(Attack attack) throws Exception {
        host.room = 10;
        Attack.Campaign campaign = host.start(attack);

        assertThat(campaign.ready()).isTrue();
        assertThat(campaign.stopped()).isTrue();
        assertThat(host.reports).singleElement().asString().startsWith("failed: no memory for");
        assertThat(host.acts).doesNotContain("timed").noneMatch(act -> act.startsWith("received"));
    }

    @ParameterizedTest
    @MethodSource("both")
    void aProgramThatIsEndedMeasuresNothing(Attack attack) throws Exception {
        Attack.Campaign campaign = host.start(attack);
        host.kills = true;
        host.timeline.run(LONG);

        assertThat(campaign.ready()).isTrue();
        assertThat(host.reports).containsExactly("failed: the program is no more");
        assertThat(host.cycles).isEmpty();
        assertThat(host.received).isEmpty();
        assertThat(host.running()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("both")
    void stoppedBeforeItMeasuredItMeasuresNothingAndGivesItsPagesBack(Attack attack)
            throws Exception {
        Attack.Campaign campaign = host.start(attack);
        host.timeline.run(Duration.ofSeconds(3));
        campaign.stop();
        campaign.stop();

        assertThat(campaign.stopped()).isTrue();
        assertThat(host.timeline.pending()).isZero();
        host.timeline.run(LONG);
        assertThat(host.running()).isEmpty();
        assertThat(host.reports).isEmpty();
        assertThat(host.cycles).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("both")
    void aMachineWithoutProgramsIsMissingACapability(Attack attack) {
        Machine bare = host.machine("vm1", false);
        Adversary adversary = new Adversary(
                bare,
                Optional.of(bare),
                Targets.of(List.of()),
                SettingValues.of(attack.settings(), Map.of(), Map.of(), Map.of()),
                host.timeline,
                new SplittableRandom(1),
                host.reports::add,
                host);

        assertThatThrownBy(() -> attack.start(adversary))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("no memory");
    }

    private void neighbourHolds(int... pages) throws Exception {
        ProgramMemory.Pages program = host.machine("victim", true)
                .offer(ProgramMemory.class)
                .orElseThrow(AssertionError::new)
                .reserve(pages.length);
        for (int page = 0; page < pages.length; page++) {
            program.fill(page, CollectionPage.content(pages[page]));
        }
    }
}
