package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.RunOutcome;

/** A run in which VM 2 watches what VM 1 and Source say to each other, step by step. */
final class Watched {

    private static final String CAPTURE = "promiscuous-capture";

    private final Scene scene;

    Watched(Scene scene) {
        this.scene = scene;
    }

    void wholeRun() {
        runWith(CAPTURE);
    }

    void runWith(String attack) {
        controlsBefore();
        scene.meet(SOURCE, VM1)
                .attack(attack, VM2)
                .listen(VM2, true)
                .exchange(SOURCE, VM1)
                .exchange(VM1, SOURCE)
                .exchange(SOURCE, VM2)
                .stop(attack, VM2)
                .finish(RunOutcome.COMPLETED);
    }

    void controlsBefore() {
        scene.meet(VM2, SOURCE).exchange(SOURCE, VM2);
    }

    void upToExchange() {
        controlsBefore();
        scene.meet(SOURCE, VM1);
        listening();
    }

    void listening() {
        scene.attack(CAPTURE, VM2).listen(VM2, true);
    }

    void afterExchange() {
        scene.exchange(SOURCE, VM2);
        afterAll();
    }

    void afterAll() {
        scene.stop(CAPTURE, VM2).finish(RunOutcome.COMPLETED);
    }

    Judgement traffic() {
        return scene.judge("traffic-confidentiality", "vm2");
    }

    void inconclusive(String reason) {
        Judgement judgement = traffic();
        assertThat(judgement.reason()).contains(reason);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.evidence()).isEmpty();
    }
}
