package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What has to be shown besides where guests are real, and ways of seeing can fail unnoticed. */
class RealMonitorControlsTest {

    private static final String CAPTURE = "promiscuous-capture";
    private static final String POISONING = "arp-poisoning";

    private final Scene scene = Scene.started();
    private int looks;

    RealMonitorControlsTest() {
        scene.record(new Event.RealMonitorStarted(scene.tick(), "monitor", "uml"));
    }

    @Test
    void listeningThatWasShownBeforeAndAfterIsUpheld() {
        listened("eth0", true, "eth0", true);

        assertThat(scene.judge("traffic-confidentiality", "vm2").verdict())
                .isEqualTo(Verdict.UPHELD);
    }

    @Test
    void whatIsUpheldSaysWhichOfItsSettingsAreNotEnforced() {
        unenforced("network.promiscuous").unenforced("memory.limit").unenforced("networking.x");
        listened("eth0", true, "eth0", true);

        Judgement judgement = scene.judge("traffic-confidentiality", "vm2");
        assertThat(judgement.verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(judgement.reason())
                .endsWith("during the attack; the monitor does not enforce what the policy asks of"
                        + " network.promiscuous");
    }

    @Test
    void whatIsNotUpheldSaysNothingOfSettings() {
        unenforced("network.promiscuous");
        listened("eth0", true, "eth0", false);

        deaf("eth0 of vm2 was not shown to hear frames for others after the exchange");
    }

    @Test
    void itIsKnownOfEveryPropertyOnWhichSettingsItMayRest() {
        assertThat(Analysis.properties()).isNotEmpty().allMatch(Provisos::knows);
    }

    @Test
    void listeningThatNobodyTestedIsInconclusive() {
        begin();
        scene.exchange(SOURCE, VM1).exchange(VM1, SOURCE).exchange(SOURCE, VM2);
        scene.stop(CAPTURE, VM2).finish(RunOutcome.COMPLETED);

        deaf("nobody tested what the interfaces of vm2 hear");
    }

    @Test
    void listeningThatHeardNothingForOthersBeforeIsInconclusive() {
        listened("eth0", false, "eth0", true);

        deaf("eth0 of vm2 was not shown to hear frames for others before the exchange");
    }

    @Test
    void listeningThatHeardNothingForOthersAfterIsInconclusive() {
        listened("eth0", true, "eth0", false);

        deaf("eth0 of vm2 was not shown to hear frames for others after the exchange");
    }

    @Test
    void aTestOfAnotherInterfaceDoesNotCount() {
        listened("eth0", true, "eth1", true);

        deaf("eth0 of vm2 was not shown to hear frames for others after the exchange");
    }

    @Test
    void aCacheThatWasLookedAtAllTheWhileIsUpheld() {
        poisoned(9, 9);

        assertThat(arp().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aCacheThatNobodyLookedAtIsInconclusive() {
        poisoned(0, 0);

        assertThat(arp().reason()).startsWith("nobody looked at the ARP cache of vm1 for 9");
        assertThat(arp().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aCacheThatNobodyLookedAtAnyMoreIsInconclusive() {
        poisoned(3, 9);

        assertThat(arp().reason()).startsWith("nobody looked at the ARP cache of vm1 for 6");
        assertThat(arp().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aWatchThatDoesNotCountOnIsNone() {
        poisoned(9, 0);

        assertThat(arp().reason()).startsWith("nobody looked at the ARP cache of vm1 for 9");
        assertThat(arp().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private RealMonitorControlsTest unenforced(String key) {
        scene.record(new Event.SettingNotEnforced(scene.tick(), "monitor", key, "for a reason"));
        return this;
    }

    private void begin() {
        scene.meet(VM2, SOURCE).exchange(SOURCE, VM2).meet(SOURCE, VM1);
        scene.attack(CAPTURE, VM2).listen(VM2, true);
    }

    private void listened(String first, boolean before, String second, boolean after) {
        begin();
        test(first, before);
        scene.exchange(SOURCE, VM1).exchange(VM1, SOURCE).exchange(SOURCE, VM2);
        test(second, after);
        scene.stop(CAPTURE, VM2).finish(RunOutcome.COMPLETED);
    }

    private void test(String name, boolean heard) {
        scene.record(new Event.ListeningTested(scene.tick(), "vm2", name, heard));
    }

    private void deaf(String reason) {
        Judgement judgement = scene.judge("traffic-confidentiality", "vm2");
        assertThat(judgement.reason()).isEqualTo(reason);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    /** An attack of nine seconds, in which so many looks are told, of which so many count on. */
    private void poisoned(int told, int counted) {
        scene.meet(SOURCE, VM1).exchange(SOURCE, VM2).attack(POISONING, VM2);
        scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 2).exchange(SOURCE, VM1);
        for (int second = 1; second <= 9; second++) {
            scene.pass(Duration.ofSeconds(1));
            if (second <= told) {
                looks += looks < counted ? 1 : 0;
                scene.record(new Event.CacheWatched(scene.tick(), "vm1", looks));
            }
        }
        scene.exchange(SOURCE, VM2).stop(POISONING, VM2).finish(RunOutcome.COMPLETED);
    }

    private Judgement arp() {
        return scene.judge("arp-integrity", "");
    }
}
