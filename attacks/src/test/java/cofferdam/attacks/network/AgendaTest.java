package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.staging.VirtualTimeline;
import cofferdam.monitor.Timeline;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class AgendaTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Agenda agenda = new Agenda(timeline);
    private final List<String> done = new ArrayList<>();

    @Test
    void repetitionRunsAtOnceThenEveryGapAndThenTheEnd() {
        agenda.repeat(SECOND, 3, index -> note("step " + index), () -> note("end"));
        assertThat(done).isEmpty();
        timeline.run(Duration.ofSeconds(10));
        assertThat(done).containsExactly("step 0 at 0", "step 1 at 1", "step 2 at 2", "end at 3");
        assertThat(agenda.pending()).isZero();
    }

    @Test
    void repetitionOfNothingGoesToItsEnd() {
        agenda.repeat(SECOND, 0, index -> note("step"), () -> note("end"));
        timeline.run(SECOND);
        assertThat(done).containsExactly("end at 0");
    }

    @Test
    void cancelledRepetitionRunsNeitherStepNorEnd() {
        Timeline.Timer timer = agenda.repeat(SECOND, 3, index -> note("step"), () -> note("end"));
        timeline.run(SECOND);
        timer.cancel();
        timeline.run(Duration.ofSeconds(10));
        assertThat(done).hasSize(2);
        assertThat(timeline.pending()).isZero();
    }

    @Test
    void actionThatClearsTheAgendaEndsItsOwnRepetition() {
        agenda.repeat(
                SECOND,
                3,
                index -> {
                    note("step");
                    agenda.clear();
                },
                () -> note("end"));
        timeline.run(Duration.ofSeconds(10));
        assertThat(done).containsExactly("step at 0");
    }

    @Test
    void clearedAgendaTakesNewActionsAndClosedOneTakesNone() {
        agenda.after(SECOND, () -> note("first"));
        agenda.clear();
        agenda.after(SECOND, () -> note("second"));
        timeline.run(SECOND);
        agenda.close();
        agenda.after(SECOND, () -> note("third"));
        agenda.repeat(SECOND, 2, index -> note("fourth"), () -> note("fifth"));
        timeline.run(Duration.ofSeconds(5));
        assertThat(done).containsExactly("second at 1");
    }

    @Test
    void timerThatFiresInSpiteOfItsCancellingDoesNothing() {
        List<Runnable> fired = new ArrayList<>();
        Agenda deaf = new Agenda(new Timeline() {
            @Override
            public long now() {
                return 0;
            }

            @Override
            public Timer after(Duration delay, Runnable action) {
                fired.add(action);
                return () -> {};
            }
        });
        deaf.after(SECOND, () -> note("late")).cancel();
        deaf.after(SECOND, () -> note("later"));
        deaf.clear();
        fired.forEach(Runnable::run);
        assertThat(done).isEmpty();
    }

    private void note(String what) {
        done.add(what + " at " + timeline.now() / 1_000_000_000);
    }
}
