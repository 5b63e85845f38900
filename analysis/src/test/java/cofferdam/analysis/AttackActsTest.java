package cofferdam.analysis;

import static cofferdam.analysis.Scene.HOST;
import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.STRANGER;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.NetworkPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** When an attack was at work. */
class AttackActsTest {

    private static final String NOT_POISONED =
            "arp-poisoning of vm2 was not at work when vm1 and source talked";

    /** A frame under the address of a subject. */
    private static final byte[] STOLEN = Frames.arp(1, VM1.mac(), VM2.address(), VM2);

    private final Scene scene = Scene.started();
    private final Watched watched = new Watched(scene);

    @Test
    void liesThatArriveArePoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE)
                .receive(VM1, Scene.falseReply(VM2, SOURCE, VM1))
                .receive(SOURCE, Scene.falseReply(VM2, VM1, SOURCE)));

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void liesThatAFilterDroppedArePoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 2));

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void liesThatIsolationKeptFromTheVictimsArePoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE)
                .drop(VM1, "port-isolation", 1)
                .drop(SOURCE, "port-isolation", 1));

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void liesThatWereLostAreNoPoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void fewerDropsThanLiesAreNoPoisoning() {
        poisoned(() ->
                scene.lie(VM2, VM1, SOURCE).lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 1));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void oneDropDoesNotAccountForLiesToBoth() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 1));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void liesThatArriveOnlyAfterTheExchangeAreNoPoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE));
        scene.receive(VM1, Scene.falseReply(VM2, SOURCE, VM1))
                .receive(SOURCE, Scene.falseReply(VM2, VM1, SOURCE));

        watched.inconclusive(NOT_POISONED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"port-isolation", "mac-changes", "unknown-unicast", "forged-transmits"})
    void dropsThatAreNotOfTheAdversarysFramesAreNoPoisoning(String filter) {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE).drop(VM2, filter, 2));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningOfOtherVictimsThanTheSubjectsIsNone() {
        poisoned(() ->
                scene.lie(VM2, VM1, HOST).lie(VM2, HOST, SOURCE).drop(VM2, "arp-inspection", 4));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningOfOnlyOneSubjectIsNone() {
        byte[] lie = Scene.falseReply(VM2, SOURCE, VM1);
        poisoned(() -> scene.send(VM2, lie).receive(VM1, lie).drop(VM2, "arp-inspection", 1));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void trueRepliesAreNoPoisoning() {
        poisoned(() -> scene.send(VM2, Frames.arp(2, VM2.mac(), VM2.address(), VM1))
                .send(VM2, Frames.arp(2, VM2.mac(), VM2.address(), SOURCE))
                .drop(VM2, "arp-inspection", 2));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void falseRequestsAreNoPoisoning() {
        poisoned(() -> scene.send(VM2, Frames.arp(1, VM2.mac(), SOURCE.address(), VM1))
                .send(VM2, Frames.arp(1, VM2.mac(), VM1.address(), SOURCE))
                .drop(VM2, "arp-inspection", 2));

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningAfterTheExchangeIsTooLate() {
        poisoned(() -> {});
        scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 2);

        watched.inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningThatWasNotRenewedHasWornOff() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE)
                .drop(VM2, "arp-inspection", 2)
                .pass(Duration.ofSeconds(61)));

        watched.inconclusive(NOT_POISONED);
    }

    private void poisoned(Runnable act) {
        acted("arp-poisoning", act);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mac-spoofing", "port-stealing"})
    void spoofingActsUnderAVictimsAddress(String attack) {
        acted(attack, () -> scene.listen(VM2, true).send(VM2, STOLEN));

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mac-spoofing", "port-stealing"})
    void framesUnderNobodysAddressAreNoSpoofing(String attack) {
        byte[] strange = Frames.arp(1, STRANGER, VM2.address(), VM2);
        acted(attack, () -> scene.listen(VM2, true).send(VM2, strange));

        watched.inconclusive(attack + " of vm2 was not at work when vm1 and source talked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mac-spoofing", "port-stealing"})
    void aTheftThatTheOwnerHasUndoneIsNoSpoofing(String attack) {
        acted(
                attack,
                () -> scene.listen(VM2, true).send(VM2, STOLEN).pass(Duration.ofMillis(1001)));

        watched.inconclusive(attack + " of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void portStealingThatDoesNotListenProvesNothing() {
        acted("port-stealing", () -> scene.send(VM2, STOLEN));

        watched.inconclusive("port-stealing of vm2 was not at work when vm1 and source talked");
    }

    /** A run with one attack, which does its act and then lets the subjects talk. */
    private void acted(String attack, Runnable act) {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1).attack(attack, VM2);
        act.run();
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2);
        scene.stop(attack, VM2).finish(RunOutcome.COMPLETED);
    }

    @Test
    void aFloodThatDoesNotFillTheTableProvesNothing() {
        flooded(1023);
        watched.inconclusive(
                "mac-flooding of vm2 showed the switch 1023 made-up stations before the"
                        + " exchange; 1024 are needed to fill it");
    }

    @Test
    void aFloodThatFillsTheTableIsOne() {
        flooded(1024);
        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void anAttacksOwnWordsDoNotMakeAFloodOfAFewFrames() {
        scene.record(new Event.AttackReported(
                scene.tick(), "vm2", "mac-flooding", "sent frames of 20 made-up stations"));
        flooded(20);
        watched.inconclusive("mac-flooding of vm2 showed the switch 20 made-up stations before the"
                + " exchange; 1024 are needed to fill it");
    }

    @Test
    void aFloodThatTheSwitchHasForgottenProvesNothing() {
        floodedAndWaited(1024, Duration.ofMinutes(6));
        watched.inconclusive("mac-flooding of vm2 showed the switch 0 made-up stations before the"
                + " exchange; 1024 are needed to fill it");
    }

    @Test
    void thePolicysAgeingTimeDecidesWhatTheSwitchHasForgotten() {
        scene.ageing = Duration.ofMinutes(7);
        floodedAndWaited(1024, Duration.ofMinutes(6));

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aTableThatForgetsTheOldestIsNotFilledByAFloodThatIsOver() {
        scene.whenFull = NetworkPolicy.WhenFull.EVICT;
        flooded(1024);

        watched.inconclusive("mac-flooding of vm2 showed the switch 0 made-up stations while the"
                + " victims were silent; 1024 are needed until it forgets one");
    }

    @Test
    void aFloodThatFiltersKeptOutNeedNotGoOn() {
        scene.whenFull = NetworkPolicy.WhenFull.EVICT;
        flooded(1024);
        scene.drop(VM2, "port-security", 2048);

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @ParameterizedTest
    @CsvSource({"1023, INCONCLUSIVE", "1024, UPHELD"})
    void aFloodThatGoesOnMustOutrunTheVictims(int stations, Verdict verdict) {
        scene.whenFull = NetworkPolicy.WhenFull.EVICT;
        watched.controlsBefore();
        scene.meet(SOURCE, VM1).attack("mac-flooding", VM2);
        scene.listen(VM2, true);
        flood(1024);
        scene.exchange(SOURCE, VM1, () -> flood(stations)).exchange(SOURCE, VM2);
        scene.stop("mac-flooding", VM2).finish(RunOutcome.COMPLETED);

        assertThat(watched.traffic().verdict()).as(watched.traffic().reason()).isEqualTo(verdict);
    }

    @Test
    void aFloodThatDoesNotListenProvesNothing() {
        acted("mac-flooding", () -> flood(1024));

        watched.inconclusive("mac-flooding of vm2 was not at work when vm1 and source talked");
    }

    private void flooded(int stations) {
        floodedAndWaited(stations, Duration.ZERO);
    }

    private void floodedAndWaited(int stations, Duration time) {
        acted("mac-flooding", () -> {
            scene.listen(VM2, true);
            flood(stations);
            scene.pass(time);
        });
    }

    private void flood(int stations) {
        for (int i = 0; i < stations; i++) {
            MacAddress station = new MacAddress(0x0600_0000_0000L + i);
            scene.send(VM2, Frames.arp(1, station, VM2.address(), VM1));
            scene.send(VM2, Frames.arp(1, VM1.mac(), VM2.address(), VM1));
        }
    }
}
