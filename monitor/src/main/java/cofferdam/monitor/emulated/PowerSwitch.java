package cofferdam.monitor.emulated;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Power;

import java.time.Duration;

/** A machine's switch. */
record PowerSwitch(MachineStart machine, StorageLog log) implements Power {

    private static final Duration BOOT = Duration.ofSeconds(5);
    private static final Duration SHUT_DOWN = Duration.ofSeconds(1);

    @Override
    public Operation on() {
        return log.after(BOOT, machine::startOrRefuse);
    }

    @Override
    public Operation off() {
        return log.after(SHUT_DOWN, machine::shutDown);
    }
}
