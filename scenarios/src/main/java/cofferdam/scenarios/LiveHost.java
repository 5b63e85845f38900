package cofferdam.scenarios;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Host;
import cofferdam.monitor.Machine;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.RunOutcome;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A started host as a scenario uses it: what it lacks, or does not do in time, ends the scenario. */
record LiveHost(Host host, Evidence evidence, Duration limit) {

    /** Nanoseconds on the host's clock. */
    long now() {
        return host.timeline().now();
    }

    void record(Event event) {
        evidence.record(event);
    }

    Machine machine(String name) throws EndedException {
        return host.machine(name).orElseThrow(() -> lacks(name, "machine", host.absence(name)));
    }

    <C extends Capability> C capability(String machine, Class<C> kind) throws EndedException {
        return machine(machine)
                .offer(kind)
                .orElseThrow(reason -> lacks(machine, kind.getSimpleName(), reason));
    }

    void await(BooleanSupplier condition, String what) throws EndedException {
        if (!host.await(condition, limit)) {
            throw new EndedException(
                    RunOutcome.TIMED_OUT, "%s took longer than %s".formatted(what, limit));
        }
    }

    /** Records that something is missing, and why the scenario cannot go on. */
    EndedException lacks(String machine, String what, String reason) {
        record(new Event.CapabilityMissing(now(), machine, what, reason));
        return new EndedException(RunOutcome.NOT_APPLICABLE, reason);
    }
}
