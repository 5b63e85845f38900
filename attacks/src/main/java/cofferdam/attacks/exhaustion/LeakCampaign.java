package cofferdam.attacks.exhaustion;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.monitor.Programs.Execution;
import cofferdam.monitor.Timeline;

import java.time.Duration;

/** A leaking program from its start to its end. */
final class LeakCampaign implements Attack.Campaign {

    private final Adversary adversary;
    private final Execution leak;
    private final Timeline.Timer timer;
    private boolean waitedLong;
    private boolean stopped;

    private LeakCampaign(Adversary adversary, Execution leak, Duration limit) {
        this.adversary = adversary;
        this.leak = leak;
        this.timer = adversary.timeline().after(limit, () -> waitedLong = true);
    }

    /** @param limit how long it is waited for the program to be ended by its own system */
    static LeakCampaign begin(Adversary adversary, Execution leak, Duration limit) {
        return new LeakCampaign(adversary, leak, limit);
    }

    @Override
    public boolean ready() {
        return leak.ended() || waitedLong;
    }

    @Override
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        timer.cancel();
        adversary
                .report()
                .accept(
                        leak.ended()
                                ? "the system ended the leaking program"
                                : "the leaking program was still running");
        leak.stop();
    }

    @Override
    public boolean stopped() {
        return stopped;
    }
}
