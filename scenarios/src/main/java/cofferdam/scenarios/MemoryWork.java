package cofferdam.scenarios;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.LoadClient;
import cofferdam.monitor.MemoryControl;
import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.MemoryPolicy;

import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Carries out the steps that are about memory. */
record MemoryWork(LiveHost live, MemoryPolicy policy, RandomGenerator random) {

    void carryOut(Step.MemoryStep step) throws EndedException {
        switch (step) {
            case Step.Remember remember -> programs(step).remember(canary(), remember.pages());
            case Step.Recall recall -> programs(step).recall();
            case Step.Forget forget -> programs(step).forget();
            case Step.Hold hold -> programs(step).hold(choose(hold), hold.of());
            case Step.Reclaim reclaim -> reclaim(reclaim);
        }
    }

    void load(Step.Load load) throws EndedException {
        Operation operation = live.capability(load.from(), LoadClient.class)
                .request(live.machine(load.to()), load.rate(), load.span(), load.label());
        live.await(operation::done, load.words());
    }

    private void reclaim(Step.Reclaim step) throws EndedException {
        MemoryControl control = live.capability(step.machine(), MemoryControl.class);
        Optional<String> missing = missing(step.by());
        if (missing.isPresent()) {
            throw live.lacks(step.machine(), step.by().name(), missing.get());
        }
        try {
            control.reclaim(step.size(), step.by());
        } catch (IOException e) {
            throw new EndedException(
                    RunOutcome.FAILED, "%s failed: %s".formatted(step.words(), e.getMessage()));
        }
    }

    /** Why a host under this policy takes no memory back so. */
    private Optional<String> missing(Means means) {
        if (policy.reservation() >= MemoryPolicy.PERCENT) {
            return Optional.of(
                    "the policy reserves all memory of each machine: none is taken back");
        }
        return switch (means) {
            case BALLOON ->
                policy.balloon() ? Optional.empty() : Optional.of("the policy has no balloon");
            case SWAP ->
                policy.swap() == MemoryPolicy.Swap.NONE
                        ? Optional.of("the policy has no swap file")
                        : Optional.empty();
        };
    }

    private ProgramMemory programs(Step.MemoryStep step) throws EndedException {
        return live.capability(step.machine(), ProgramMemory.class);
    }

    /** So many of the collection, each as likely as any other. */
    private BitSet choose(Step.Hold hold) {
        BitSet held = new BitSet(hold.of());
        int left = hold.pages();
        for (int page = 0; page < hold.of(); page++) {
            if (random.nextInt(hold.of() - page) < left) {
                held.set(page);
                left--;
            }
        }
        return held;
    }

    private Canary canary() {
        return Canary.of(random.nextLong(), random.nextLong());
    }
}
