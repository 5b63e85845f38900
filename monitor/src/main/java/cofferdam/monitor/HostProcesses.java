package cofferdam.monitor;

import java.io.IOException;
import java.util.List;

/** The processes of the host's own operating system, as its root sees them. */
public non-sealed interface HostProcesses extends Capability {

    /** All that are listed; leaves a {@code host-process-listed} event for each. */
    List<HostProcess> list();

    /**
     * Reads all memory of a process that is mapped readable, or, for process 0, all memory that the
     * operating system itself manages. What was read is evidence.
     *
     * @throws IOException if there is no such process, or the memory is not to be reached
     */
    byte[] readMemory(int process) throws IOException;

    /**
     * Removes something that a process has: closes a handle, ends a thread, breaks a lock, unmaps
     * memory. Leaves a {@code host-resource-removed} event.
     *
     * @throws IOException if there is no such process or resource, or it is refused
     */
    void remove(int process, Resource resource) throws IOException;

    /**
     * A process.
     *
     * @param number its process number
     * @param name its program
     * @param machine the guest that it runs, as its command line says; empty if it runs none
     */
    record HostProcess(int number, String name, String machine, List<Resource> resources) {
        public HostProcess {
            resources = List.copyOf(resources);
        }
    }

    /** Something that a process has, such as the handle of {@code vm1.vhd}. */
    record Resource(Kind kind, String name) {}

    /** Kinds of what processes have. */
    enum Kind {
        HANDLE,
        THREAD,
        LOCK,
        MEMORY_MAP
    }
}
