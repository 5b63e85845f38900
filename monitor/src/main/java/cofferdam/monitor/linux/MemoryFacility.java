package cofferdam.monitor.linux;

import cofferdam.monitor.Capability;
import cofferdam.monitor.MemoryControl;
import cofferdam.monitor.Offer;
import cofferdam.monitor.OwnMemory;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.Programs;
import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.Optional;

/** What can be done with the memory and the programs of a real guest that a scenario asks memory for. */
final class MemoryFacility implements Facility {

    /** What a guest has of swap, in bytes. */
    static final long SWAP = 32L << 20;

    private static final String MONITOR = "monitor";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ProgramMemory memory;
    private final Programs programs;
    private final RunningSystem system;

    private MemoryFacility(LinuxGuest guest) {
        memory = new KeptMemory(guest);
        programs = new GuestPrograms(guest);
        system = new RootsSabotage(guest);
    }

    /**
     * For a guest that is not on yet.
     *
     * @param host the machine whose operating system runs the guest
     */
    static MemoryFacility of(LinuxGuest guest, String host) {
        MemoryGauge gauge = new MemoryGauge(guest, host);
        guest.onNotice(gauge::accept);
        guest.onStart(console -> {
            configured(guest);
            console.begin(GuestScripts.heartbeat(), LIMIT, call -> {});
            console.begin(GuestScripts.gauge(), LIMIT, call -> {});
            console.begin(GuestScripts.swap(SWAP), LIMIT, call -> {});
        });
        gauge.start();
        return new MemoryFacility(guest);
    }

    /** It may hold all that it sees, none of it is promised, and there are no shares. */
    private static void configured(LinuxGuest guest) {
        long size = guest.memory();
        guest.record(
                time -> new Event.MemoryConfigured(time, MONITOR, guest.name(), size, size, 0, 0));
    }

    @Override
    public <C extends Capability> Optional<Offer<C>> offer(Class<C> kind) {
        if (kind == ProgramMemory.class) {
            return Facility.available(kind, memory);
        }
        if (kind == Programs.class) {
            return Facility.available(kind, programs);
        }
        if (kind == RunningSystem.class) {
            return Facility.available(kind, system);
        }
        if (kind == OwnMemory.class) {
            return Facility.missing("the line to a real guest is too slow for all of its memory");
        }
        if (kind == MemoryControl.class) {
            return Facility.missing(
                    "no balloon driver is given to real guests, and no swap file is theirs");
        }
        return Optional.empty();
    }
}
