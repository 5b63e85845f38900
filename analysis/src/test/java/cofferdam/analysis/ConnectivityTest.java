package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ConnectivityTest {

    private final Scene scene = Scene.started();

    @Test
    void exchangesThatAllSucceedAreUpheld() {
        scene.exchange(SOURCE, VM1).exchange(VM1, SOURCE).finish(RunOutcome.COMPLETED);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(judged().reason()).isEqualTo("all 2 exchanges between vm1 and source succeeded");
    }

    @Test
    void oneThatFailedIsViolatedAndNamed() {
        scene.exchange(SOURCE, VM1);
        FlowId flow = scene.begin(VM1, SOURCE);
        scene.send(VM1, scene.packet(VM1, SOURCE, "flow=" + flow));
        scene.end(VM1, SOURCE, flow, FlowOutcome.FAILED);

        Judgement judgement = judged();

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reason())
                .isEqualTo("1 of 2 exchanges between vm1 and source failed: probe from vm1");
        assertThat(judgement.evidence().getFirst().file()).isEqualTo("captures/vm1.pcapng");
        assertThat(judgement.frames().getFirst().frames()).containsExactly(5);
    }

    @Test
    void whatAMachineThatHadEndedCouldNotSayIsNoFaultOfTheNetwork() {
        FlowId flow = scene.begin(VM1, SOURCE);
        scene.record(new Event.MachineEnded(scene.tick(), "vm1", MachineEnd.KILLED, "signal 9"));
        scene.end(VM1, SOURCE, flow, FlowOutcome.FAILED).finish(RunOutcome.COMPLETED);

        inconclusive("failed, but vm1 had come to an end: signal 9");
    }

    @Test
    void aMachineThatEndsLaterExcusesNothing() {
        FlowId flow = scene.begin(VM1, SOURCE);
        scene.end(VM1, SOURCE, flow, FlowOutcome.FAILED);
        scene.record(new Event.MachineEnded(scene.tick(), "vm1", MachineEnd.KILLED, "signal 9"));
        scene.finish(RunOutcome.COMPLETED);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void exchangesOfOthersDoNotCount() {
        FlowId flow = scene.begin(VM2, SOURCE);
        scene.end(VM2, SOURCE, flow, FlowOutcome.FAILED).finish(RunOutcome.COMPLETED);

        inconclusive("there was no exchange between vm1 and source");
    }

    @Test
    void anExchangeThatNeverEndedIsInconclusive() {
        scene.exchange(SOURCE, VM1).begin(VM1, SOURCE);
        scene.finish(RunOutcome.COMPLETED);

        inconclusive("has no recorded end");
    }

    @Test
    void anExchangeThatNobodyLearnedTheEndOfIsInconclusive() {
        FlowId flow = scene.exchange(SOURCE, VM1).begin(VM1, SOURCE);
        scene.end(VM1, SOURCE, flow, FlowOutcome.UNKNOWN).finish(RunOutcome.COMPLETED);

        inconclusive("nobody knows how exchange %s ended".formatted(flow));
    }

    @Test
    void anExchangeThatNoCaptureShowsIsInconclusive() {
        scene.exchange(SOURCE, VM1);
        FlowId flow = scene.begin(VM1, SOURCE);
        scene.end(VM1, SOURCE, flow, FlowOutcome.COMPLETED).finish(RunOutcome.COMPLETED);

        inconclusive("is not in both captures of vm1 and source");
    }

    @Test
    void aDeafReceiverMakesASuccessUnbelievable() {
        scene.deaf.add(VM1);
        scene.exchange(SOURCE, VM1).finish(RunOutcome.COMPLETED);

        inconclusive("is not in both captures of vm1 and source");
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        scene.exchange(SOURCE, VM1);
        inconclusive("the run says 0 times that it finished, not once");

        scene.finish(RunOutcome.TIMED_OUT);
        inconclusive("the run did not complete: the detail");
    }

    @Test
    void aCutCaptureIsInconclusive() {
        scene.exchange(SOURCE, VM1).finish(RunOutcome.COMPLETED);
        byte[] whole = scene.files().get("captures/source.pcapng");
        scene.replace("captures/source.pcapng", Arrays.copyOf(whole, whole.length - 4));

        inconclusive("captures/source.pcapng: offset ");
    }

    private Judgement judged() {
        return scene.judge("connectivity", "");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
