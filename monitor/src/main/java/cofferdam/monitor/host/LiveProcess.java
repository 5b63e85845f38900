package cofferdam.monitor.host;

import cofferdam.monitor.HostProcesses.HostProcess;
import cofferdam.monitor.HostProcesses.Kind;
import cofferdam.monitor.HostProcesses.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A process of the host's operating system. */
final class LiveProcess {

    private final int number;
    private final String name;
    private final @Nullable GuestRuntime guest;
    private final long memory;
    private final List<Resource> resources;
    private final List<MemoryMap> maps;

    /**
     * @param guest what it runs, if it runs a guest
     * @param memory the first address of its part of the operating system's memory
     * @param resources what it has beside memory maps
     */
    LiveProcess(
            int number,
            String name,
            @Nullable GuestRuntime guest,
            long memory,
            List<Resource> resources,
            List<MemoryMap> maps) {
        this.number = number;
        this.name = name;
        this.guest = guest;
        this.memory = memory;
        this.resources = new ArrayList<>(resources);
        this.maps = new ArrayList<>(maps);
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    @Nullable
    GuestRuntime guest() {
        return guest;
    }

    long memory() {
        return memory;
    }

    List<MemoryMap> maps() {
        return List.copyOf(maps);
    }

    boolean runs(String machine) {
        return guest != null && guest.machine().equals(machine);
    }

    /** Whether it is there to run a guest that is not on. */
    boolean isIdle() {
        return guest != null && !guest.running();
    }

    HostProcess listed() {
        List<Resource> all = new ArrayList<>(resources);
        maps.forEach(map -> all.add(new Resource(Kind.MEMORY_MAP, map.name())));
        return new HostProcess(number, name, guest == null ? "" : guest.machine(), all);
    }

    /** Takes something away; false if it has no such thing. */
    boolean remove(Resource resource) {
        return resource.kind() == Kind.MEMORY_MAP
                ? maps.removeIf(map -> map.name().equals(resource.name()))
                : resources.remove(resource);
    }
}
