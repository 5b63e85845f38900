package cofferdam.scenarios;

import cofferdam.monitor.DiskSlot;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Power;
import cofferdam.monitor.Snapshots;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.RunOutcome;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** Carries out the steps that are about disks and files. */
record DiskWork(LiveHost live, RandomGenerator random) {

    void carryOut(Step.DiskStep step) throws EndedException {
        switch (step) {
            case Step.SetPower power -> await(power, power(power));
            case Step.Save save -> await(save, files(save).save(save.file(), canary()));
            case Step.ReadFile read -> await(read, files(read).read(read.file()));
            case Step.Erase erase -> await(erase, files(erase).erase(erase.file()));
            case Step.Attach attach -> {
                DiskSlot slot = live.capability(attach.machine(), DiskSlot.class);
                administer(attach, () -> slot.attach(attach.size()));
            }
            case Step.Release release -> {
                DiskSlot slot = live.capability(release.machine(), DiskSlot.class);
                administer(release, slot::release);
            }
            case Step.TakeSnapshot taken -> {
                Snapshots snapshots = live.capability(taken.machine(), Snapshots.class);
                administer(taken, () -> snapshots.take(taken.name()));
            }
            case Step.DeleteSnapshot deleted -> {
                Snapshots snapshots = live.capability(deleted.machine(), Snapshots.class);
                administer(deleted, () -> snapshots.delete(deleted.name()));
            }
        }
    }

    /** What an administrator does, which the host may refuse. */
    @FunctionalInterface
    private interface Administration {
        void carryOut() throws IOException;
    }

    private void administer(Step step, Administration deed) throws EndedException {
        try {
            deed.carryOut();
        } catch (IOException e) {
            throw new EndedException(
                    RunOutcome.FAILED, "%s failed: %s".formatted(step.words(), e.getMessage()));
        }
    }

    private void await(Step step, Operation operation) throws EndedException {
        live.await(operation::done, step.words());
    }

    private Operation power(Step.SetPower step) throws EndedException {
        Power power = live.capability(step.machine(), Power.class);
        return step.on() ? power.on() : power.off();
    }

    private GuestFiles files(Step.DiskStep step) throws EndedException {
        return live.capability(step.machine(), GuestFiles.class);
    }

    private Canary canary() {
        return Canary.of(random.nextLong(), random.nextLong());
    }
}
