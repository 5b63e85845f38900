package cofferdam.monitor.host;

import cofferdam.monitor.HostProcesses.Kind;
import cofferdam.monitor.HostProcesses.Resource;
import cofferdam.monitor.memory.PhysicalMemory;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The processes that the host's operating system has, by number. Each has a part of the system's own
 * memory: its program first, then its data, then its stack.
 */
final class ProcessTable {

    private static final int PROGRAM = 2 * PhysicalMemory.PAGE;
    private static final int DATA = 4 * PhysicalMemory.PAGE;
    private static final int STACK = SystemMemory.PART - PROGRAM - DATA;

    private final SystemMemory memory = new SystemMemory();
    private final SortedMap<Integer, LiveProcess> processes = new TreeMap<>();
    private final RandomGenerator random;
    private int last;

    /** @param random gives what programs look like */
    ProcessTable(RandomGenerator random) {
        this.random = random;
    }

    /** All memory that the operating system has for itself and its processes. */
    MemoryMap memory() {
        return MemoryMap.of("system", memory, 0, memory.size());
    }

    /** All of them, by number. What runs a guest ends with it, whoever ended the guest. */
    List<LiveProcess> all() {
        List.copyOf(processes.values()).stream().filter(LiveProcess::isIdle).forEach(this::end);
        return List.copyOf(processes.values());
    }

    /** The process of that number. */
    Optional<LiveProcess> find(int number) {
        return all().stream().filter(process -> process.number() == number).findFirst();
    }

    /**
     * Starts a program.
     *
     * @param data what it has in its memory, of at most {@link #DATA} bytes
     * @param resources what it has beside its memory
     */
    void start(String name, String data, List<Resource> resources) {
        start(name, null, data, resources, List.of());
    }

    /**
     * Starts the program that runs a guest.
     *
     * @param more what it has mapped beside its own memory
     */
    void start(
            String name,
            @Nullable GuestRuntime guest,
            String data,
            List<Resource> resources,
            List<MemoryMap> more) {
        long address = memory.allocate();
        byte[] program = new byte[PROGRAM];
        random.nextBytes(program);
        memory.write(address, program, 0, PROGRAM);
        write(address + PROGRAM, data);
        write(address + PROGRAM + DATA, name);
        List<MemoryMap> maps = new ArrayList<>(List.of(
                MemoryMap.of("program", memory, address, PROGRAM),
                MemoryMap.of("data", memory, address + PROGRAM, DATA),
                MemoryMap.of("stack", memory, address + PROGRAM + DATA, STACK)));
        maps.addAll(more);
        last++;
        processes.put(last, new LiveProcess(last, name, guest, address, resources, maps));
    }

    /** Ends a process; does nothing if it has ended already. */
    void end(LiveProcess process) {
        if (processes.remove(process.number(), process)) {
            memory.free(process.memory());
        }
    }

    /** Ends whatever runs that guest. */
    void endOf(String machine) {
        all().stream().filter(process -> process.runs(machine)).forEach(this::end);
    }

    private void write(long address, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        memory.write(address, bytes, 0, bytes.length);
    }

    static Resource handle(String name) {
        return new Resource(Kind.HANDLE, name);
    }

    static Resource thread(String name) {
        return new Resource(Kind.THREAD, name);
    }

    static Resource lock(String name) {
        return new Resource(Kind.LOCK, name);
    }
}
