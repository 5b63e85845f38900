package cofferdam.scenarios;

import cofferdam.monitor.yaml.DurationText;
import cofferdam.monitor.yaml.YamlValue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Finds steps of a scenario that cannot follow one another. */
final class Script {

    /** The longest that all steps together may take at least, on the host's clock. */
    static final Duration MAXIMUM_TOTAL = Duration.ofHours(24);

    private final Duration limit;
    private final Set<String> underWay = new HashSet<>();
    private final Set<String> withDisk;
    private final Set<String> withMemory;
    private Duration total = Duration.ZERO;

    /**
     * The script whose steps may each take no longer than the limit.
     *
     * @param withDisk the machines that have a disk at the beginning
     * @param withMemory the machines that have memory
     */
    Script(Duration limit, Set<String> withDisk, Set<String> withMemory) {
        this.limit = limit;
        this.withMemory = Set.copyOf(withMemory);
        this.withDisk = new HashSet<>(withDisk);
    }

    /** Takes the next step, and records what is wrong with it where it stands. */
    void check(YamlValue value, Step step) {
        checkTime(value, step);
        if (step instanceof Step.DiskStep disk) {
            checkDisk(value, disk);
        }
        if (step instanceof Step.MemoryStep memory) {
            requireMemory(value, memory.machine());
        }
        if (step instanceof Step.Load load) {
            requireMemory(value, load.to());
        }
        if (step instanceof Step.Start start) {
            checkStart(value, start);
        }
        if (step instanceof Step.Stop stop) {
            checkStop(value, stop);
        }
    }

    private void checkTime(YamlValue value, Step step) {
        Duration shortest = step.shortest();
        if (shortest.compareTo(limit) > 0) {
            value.reject("has a step that takes %s, longer than the limit of %s"
                    .formatted(DurationText.of(shortest), DurationText.of(limit)));
        }
        boolean longBefore = total.compareTo(MAXIMUM_TOTAL) > 0;
        total = total.plus(shortest);
        if (!longBefore && total.compareTo(MAXIMUM_TOTAL) > 0) {
            value.reject("take %s together up to this one, longer than %s"
                    .formatted(DurationText.of(total), DurationText.of(MAXIMUM_TOTAL)));
        }
    }

    private void checkStart(YamlValue value, Step.Start start) {
        if (!underWay.add(start.attack())) {
            value.reject("start '%s', which is under way already".formatted(start.attack()));
        }
    }

    private void checkDisk(YamlValue value, Step.DiskStep step) {
        if (step instanceof Step.Attach attach) {
            if (Vocabulary.WITH_DISKS.contains(attach.machine())) {
                withDisk.add(attach.machine());
            } else {
                value.reject(
                        "give a disk to '%s', which cannot have one".formatted(attach.machine()));
            }
            return;
        }
        boolean switched = step instanceof Step.SetPower && withMemory.contains(step.machine());
        if (!switched && !withDisk.contains(step.machine())) {
            value.reject(
                    "need a disk of '%s', which has none at this point".formatted(step.machine()));
        }
        if (step instanceof Step.Release) {
            withDisk.remove(step.machine());
        }
    }

    private void requireMemory(YamlValue value, String machine) {
        if (!withMemory.contains(machine)) {
            value.reject("need memory of '%s', which has none".formatted(machine));
        }
    }

    private void checkStop(YamlValue value, Step.Stop stop) {
        if (!underWay.remove(stop.attack())) {
            value.reject("stop '%s', which is not under way".formatted(stop.attack()));
        }
    }
}
