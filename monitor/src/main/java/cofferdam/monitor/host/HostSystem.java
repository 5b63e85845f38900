package cofferdam.monitor.host;

import static cofferdam.monitor.host.ProcessTable.handle;
import static cofferdam.monitor.host.ProcessTable.lock;
import static cofferdam.monitor.host.ProcessTable.thread;

import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.HostProcesses.Resource;
import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.policy.ManagementPolicy;
import cofferdam.monitor.policy.MonitorPolicy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The host's own operating system: the console of a monitor on the hardware, or what the monitor is a
 * program of. Which guests it has processes of, and whether it can read their memory, is the policy's
 * {@code monitor.console-sees}. Not for use by several threads.
 */
public final class HostSystem {

    /** The thread of a guest's process that is its virtual processor. */
    public static final String PROCESSOR_THREAD = "vcpu-0";

    /** The thread of a guest's process that works its devices. */
    public static final String DEVICE_THREAD = "io";

    /** The thread of a guest's process that raises the interrupts of its clock. */
    public static final String TIMER_THREAD = "timer";

    /** The lock with which the threads of a guest's process keep its devices' state to one of them. */
    public static final String STATE_LOCK = "device-state";

    /** The memory map that has a guest's memory. */
    public static final String GUEST_MAP = "guest-memory";

    /** The thread with which every other program begins and ends. */
    static final String MAIN_THREAD = "main";

    /** The process that the operating system lets nobody touch. */
    static final int FIRST = 1;

    private static final String SECRET_HOLDER = "shell";

    private final String name;
    private final MonitorPolicy monitor;
    private final ManagementPolicy management;
    private final Timeline timeline;
    private final Evidence evidence;
    private final RandomGenerator random;
    private final ProcessTable table;
    private final Map<String, GuestRuntime> guests = new LinkedHashMap<>();

    /**
     * A system without processes.
     *
     * @param name the machine that it is, as in evidence
     * @param random gives its secret, and what its programs look like
     */
    public HostSystem(
            String name,
            MonitorPolicy monitor,
            ManagementPolicy management,
            Timeline timeline,
            Evidence evidence,
            RandomGenerator random) {
        this.name = name;
        this.monitor = monitor;
        this.management = management;
        this.timeline = timeline;
        this.evidence = evidence;
        this.random = random;
        table = new ProcessTable(random);
    }

    /**
     * Starts its own processes. One of them keeps a secret in its memory, of which a {@code
     * host-secret-placed} event tells: whoever reads all of the system's memory reads that.
     */
    public void boot() {
        Canary canary = Canary.of(random.nextLong(), random.nextLong());
        table.start("init", "", List.of(handle("console"), thread(MAIN_THREAD)));
        table.start(
                "logger",
                "",
                List.of(handle("messages.log"), thread(MAIN_THREAD), lock("messages.log")));
        table.start(
                "monitor-service",
                "",
                List.of(handle("management"), thread(MAIN_THREAD), thread("listener")));
        table.start(
                SECRET_HOLDER,
                "password = %s\n".formatted(canary),
                List.of(handle("terminal"), thread(MAIN_THREAD)));
        evidence.record(new Event.HostSecretPlaced(timeline.now(), name, SECRET_HOLDER, canary));
    }

    /** Makes a guest known to the console. */
    public void add(GuestRuntime guest) {
        if (guests.putIfAbsent(guest.machine(), guest) != null) {
            throw new IllegalArgumentException(
                    "guest '%s' is known already".formatted(guest.machine()));
        }
    }

    /** A guest was switched on. Its image and its memory are those that it has now. */
    public void started(String machine) {
        GuestRuntime guest = guests.get(machine);
        if (guest == null) {
            throw new IllegalArgumentException("there is no guest '%s'".formatted(machine));
        }
        table.endOf(machine);
        if (monitor.consoleSeesProcess()) {
            table.start(
                    "vmm-" + machine,
                    guest,
                    "vmm --machine %s\n".formatted(machine),
                    resources(guest),
                    guestMap(guest).stream().toList());
        }
    }

    /** A guest is not on any more, for whatever reason. */
    public void ended(String machine) {
        table.endOf(machine);
    }

    /** Its processes, for whoever is its root. */
    public HostProcesses processes() {
        return new ProcessAccess(this, new HostLog(name, timeline, evidence));
    }

    /** The monitor's console, in the role that its root has. */
    public ManagementConsole console() {
        return new RoleConsole(
                guests, management.consoleRole(), new HostLog(name, timeline, evidence));
    }

    ProcessTable table() {
        return table;
    }

    /** All memory that it manages itself: its own, and the guests' where it gives them theirs. */
    List<MemoryMap> allMemory() {
        List<MemoryMap> all = new ArrayList<>(List.of(table.memory()));
        if (monitor.consoleSeesMemory()) {
            guests.values().stream()
                    .filter(GuestRuntime::running)
                    .flatMap(guest -> guestMap(guest).stream())
                    .forEach(all::add);
        }
        return all;
    }

    private Optional<MemoryMap> guestMap(GuestRuntime guest) {
        return guest.memory()
                .map(memory -> MemoryMap.of(
                        GUEST_MAP, monitor.consoleSeesMemory(), memory, guest::frames));
    }

    private static List<Resource> resources(GuestRuntime guest) {
        List<Resource> resources = new ArrayList<>();
        guest.image().ifPresent(image -> resources.add(handle(image)));
        resources.add(handle(networkHandle(guest)));
        resources.add(handle("%s.log".formatted(guest.machine())));
        resources.add(thread(PROCESSOR_THREAD));
        resources.add(thread(DEVICE_THREAD));
        resources.add(thread(TIMER_THREAD));
        guest.image()
                .filter(image -> guest.imageLocked())
                .ifPresent(image -> resources.add(lock(image)));
        resources.add(lock(STATE_LOCK));
        return resources;
    }

    /** The name of the handle with which a guest's process has the guest's network interface. */
    static String networkHandle(GuestRuntime guest) {
        return "nic-" + guest.machine();
    }
}
