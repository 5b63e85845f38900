package cofferdam.monitor.host;

import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The processes of the host's operating system in the hands of its root. */
final class ProcessAccess implements HostProcesses {

    private final HostSystem system;
    private final HostLog log;

    ProcessAccess(HostSystem system, HostLog log) {
        this.system = system;
        this.log = log;
    }

    @Override
    public List<HostProcess> list() {
        List<HostProcess> listed =
                system.table().all().stream().map(LiveProcess::listed).toList();
        for (HostProcess process : listed) {
            List<String> resources =
                    process.resources().stream().map(ProcessAccess::words).toList();
            log.record(time -> new Event.HostProcessListed(
                    time,
                    log.actor(),
                    process.name(),
                    process.number(),
                    process.machine(),
                    resources));
        }
        return listed;
    }

    @Override
    public byte[] readMemory(int process) throws IOException {
        if (process == 0) {
            return read(log.actor(), system.allMemory());
        }
        Optional<LiveProcess> found = system.table().find(process);
        if (found.isEmpty()) {
            String reason = noProcess(process);
            log.notRead("process " + process, reason);
            throw new IOException(reason);
        }
        return read(found.get().name(), found.get().maps());
    }

    private byte[] read(String of, List<MemoryMap> maps) throws IOException {
        if (maps.stream().noneMatch(MemoryMap::readable)) {
            String reason = "%s has no readable memory".formatted(of);
            log.notRead(of, reason);
            throw new IOException(reason);
        }
        MemoryImage image = MemoryImage.of(maps);
        log.keep(of, image);
        return image.bytes();
    }

    @Override
    public void remove(int process, Resource resource) throws IOException {
        LiveProcess found = system.table().find(process).orElse(null);
        if (found == null) {
            throw refused("process " + process, resource, noProcess(process));
        }
        if (process == HostSystem.FIRST) {
            throw refused(found.name(), resource, "the system keeps process %d".formatted(process));
        }
        if (!found.remove(resource)) {
            throw refused(
                    found.name(),
                    resource,
                    "process %d has no %s".formatted(process, words(resource)));
        }
        removed(found.name(), resource, Access.ALLOWED, "");
        if (isFatal(resource)) {
            system.table().end(found);
        }
        if (found.guest() != null) {
            tell(found.guest(), resource);
        }
    }

    /** What has no processor, or misses memory that it works with, is no more. */
    private static boolean isFatal(Resource resource) {
        return switch (resource.kind()) {
            case HANDLE, LOCK -> false;
            case THREAD ->
                resource.name().equals(HostSystem.PROCESSOR_THREAD)
                        || resource.name().equals(HostSystem.MAIN_THREAD);
            case MEMORY_MAP -> true;
        };
    }

    private static void tell(GuestRuntime guest, Resource resource) {
        switch (resource.kind()) {
            case HANDLE -> handleClosed(guest, resource.name());
            case THREAD -> guest.threadEnded(resource.name());
            case LOCK -> guest.lockBroken(resource.name());
            case MEMORY_MAP -> guest.memoryUnmapped();
        }
    }

    /** Nobody reads the log, so nothing comes of it that it is closed. */
    private static void handleClosed(GuestRuntime guest, String name) {
        if (guest.image().filter(name::equals).isPresent()) {
            guest.imageHandleClosed();
        }
        if (name.equals(HostSystem.networkHandle(guest))) {
            guest.networkHandleClosed();
        }
    }

    private IOException refused(String process, Resource resource, String reason) {
        removed(process, resource, Access.REFUSED, reason);
        return new IOException(reason);
    }

    private void removed(String process, Resource resource, Access access, String detail) {
        log.record(time -> new Event.HostResourceRemoved(
                time, log.actor(), process, words(resource), access, detail));
    }

    private static String noProcess(int number) {
        return "there is no process %d".formatted(number);
    }

    /** Such as {@code memory-map stack}. */
    private static String words(Resource resource) {
        String kind = resource.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "%s %s".formatted(kind, resource.name());
    }
}
