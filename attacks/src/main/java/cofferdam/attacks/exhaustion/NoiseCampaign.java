package cofferdam.attacks.exhaustion;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.monitor.Programs.Execution;
import cofferdam.monitor.Timeline;

import java.time.Duration;
import java.util.function.Supplier;

/** A program that is started again whenever its machine has ended it. */
final class NoiseCampaign implements Attack.Campaign {

    /** How often it is looked after. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private final Adversary adversary;
    private final Supplier<Execution> program;
    private Execution running;
    private Timeline.Timer timer = () -> {};
    private int starts = 1;
    private boolean stopped;

    private NoiseCampaign(Adversary adversary, Supplier<Execution> program) {
        this.adversary = adversary;
        this.program = program;
        running = program.get();
    }

    /** Starts the program. */
    static NoiseCampaign begin(Adversary adversary, Supplier<Execution> program) {
        NoiseCampaign campaign = new NoiseCampaign(adversary, program);
        campaign.wait(adversary.timeline());
        return campaign;
    }

    private void wait(Timeline timeline) {
        timer = timeline.after(INTERVAL, this::lookAfter);
    }

    private void lookAfter() {
        if (running.ended()) {
            running = program.get();
            starts++;
        }
        wait(adversary.timeline());
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        timer.cancel();
        running.stop();
        adversary.report().accept("was started %d times".formatted(starts));
    }

    @Override
    public boolean stopped() {
        return stopped;
    }
}
