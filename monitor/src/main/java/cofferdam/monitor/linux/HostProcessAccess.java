package cofferdam.monitor.linux;

import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.process.BorrowedFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The processes that run the guests, as the user of this computer has them to whom they belong. Others
 * are neither listed nor touched.
 */
final class HostProcessAccess implements HostProcesses {

    private final String host;
    private final String hypervisor;
    private final List<LinuxGuest> guests;

    /**
     * @param host the machine whose processes they are
     * @param guests at least one
     */
    HostProcessAccess(String host, String hypervisor, List<LinuxGuest> guests) {
        this.host = host;
        this.hypervisor = hypervisor;
        this.guests = List.copyOf(guests);
    }

    @Override
    public List<HostProcess> list() {
        List<HostProcess> listed = new ArrayList<>();
        for (LinuxGuest guest : guests) {
            if (guest.isOn()) {
                listed.add(process(guest));
            }
        }
        for (HostProcess process : listed) {
            List<String> resources =
                    process.resources().stream().map(HostProcessAccess::words).toList();
            record(time -> new Event.HostProcessListed(
                    time, host, process.name(), process.number(), process.machine(), resources));
        }
        return listed;
    }

    private HostProcess process(LinuxGuest guest) {
        try {
            long number = guest.process().process();
            return new HostProcess(
                    Math.toIntExact(number), nameOf(guest), guest.name(), resources(number));
        } catch (IOException gone) {
            return new HostProcess(0, nameOf(guest), guest.name(), List.of());
        }
    }

    private String nameOf(LinuxGuest guest) {
        return "%s-%s".formatted(hypervisor, guest.name());
    }

    private static List<Resource> resources(long number) throws IOException {
        ProcessFolder folder = new ProcessFolder(number);
        List<Resource> resources = new ArrayList<>();
        for (Map.Entry<Integer, String> open : folder.open().entrySet()) {
            String name = "%d %s".formatted(open.getKey(), shortened(open.getValue()));
            resources.add(new Resource(Kind.HANDLE, name));
            if (folder.locks(open.getKey())) {
                resources.add(new Resource(Kind.LOCK, name));
            }
        }
        folder.threads().forEach(name -> resources.add(new Resource(Kind.THREAD, name)));
        folder.largest()
                .ifPresent(range -> resources.add(new Resource(Kind.MEMORY_MAP, range.words())));
        return resources;
    }

    /** Without the folder, which is another one in every run. */
    private static String shortened(String target) {
        return target.startsWith("/") ? Path.of(target).getFileName().toString() : target;
    }

    /**
     * Reads the memory of a process that runs a guest. What the operating system itself manages (process
     * 0) is root's alone.
     */
    @Override
    public byte[] readMemory(int process) throws IOException {
        if (process == 0) {
            throw notRead(host, "the kernel gives its own memory to nobody");
        }
        LinuxGuest guest = guestOf(process)
                .orElseThrow(() -> notRead("process " + process, noProcess(process)));
        ProcessFolder.Contents contents;
        try {
            contents = new ProcessFolder(process).read();
        } catch (IOException refused) {
            throw notRead(nameOf(guest), String.valueOf(refused.getMessage()));
        }
        byte[] bytes = contents.bytes();
        String file = guests.getFirst().evidence().memoryRead(host, bytes);
        record(time -> new Event.MemoryRead(
                time,
                host,
                file,
                nameOf(guest),
                contents.omitted(),
                bytes.length,
                Sha256.of(bytes),
                ""));
        return bytes;
    }

    private IOException notRead(String of, String reason) {
        record(time -> new Event.MemoryRead(time, host, "", of, reason, 0, "", ""));
        return new IOException(reason);
    }

    /**
     * Does what Linux lets a user do: sockets are shut down, locks given up, and the signal that ends a
     * thread ends its process. Files stay open and memory mapped, whatever their owner wants.
     */
    @Override
    public void remove(int process, Resource resource) throws IOException {
        Optional<LinuxGuest> guest = guestOf(process);
        if (guest.isEmpty()) {
            throw refused("process " + process, resource, noProcess(process));
        }
        String name = nameOf(guest.get());
        try {
            carryOut(process, resource);
        } catch (IOException failed) {
            throw refused(name, resource, String.valueOf(failed.getMessage()));
        }
        removed(name, resource, Access.ALLOWED, "");
    }

    private static void carryOut(int process, Resource resource) throws IOException {
        switch (resource.kind()) {
            case HANDLE -> {
                if (!resource.name().contains("socket:")) {
                    throw new IOException("Linux closes no file of a process for another");
                }
                try (BorrowedFile file = BorrowedFile.of(process, descriptor(resource))) {
                    file.shutDown();
                }
            }
            case LOCK -> {
                try (BorrowedFile file = BorrowedFile.of(process, descriptor(resource))) {
                    file.unlock();
                }
            }
            case THREAD -> {
                boolean signalled = ProcessHandle.of(process)
                        .filter(ProcessHandle::destroyForcibly)
                        .isPresent();
                if (!signalled) {
                    throw new IOException(noProcess(process));
                }
            }
            case MEMORY_MAP ->
                throw new IOException("Linux unmaps no memory of a process for another");
        }
    }

    private static int descriptor(Resource resource) throws IOException {
        String number = resource.name().split(" ", 2)[0];
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException invalid) {
            throw new IOException("'%s' is no descriptor".formatted(number), invalid);
        }
    }

    private Optional<LinuxGuest> guestOf(int process) {
        return guests.stream().filter(guest -> isOf(guest, process)).findFirst();
    }

    private static boolean isOf(LinuxGuest guest, int process) {
        try {
            return guest.isOn() && guest.process().process() == process;
        } catch (IOException gone) {
            return false;
        }
    }

    private IOException refused(String process, Resource resource, String reason) {
        removed(process, resource, Access.REFUSED, reason);
        return new IOException(reason);
    }

    private void removed(String process, Resource resource, Access access, String detail) {
        record(time -> new Event.HostResourceRemoved(
                time, host, process, words(resource), access, detail));
    }

    private void record(java.util.function.LongFunction<Event> event) {
        guests.getFirst().record(event);
    }

    private static String words(Resource resource) {
        String kind = resource.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "%s %s".formatted(kind, resource.name());
    }

    private static String noProcess(int number) {
        return "no process %d runs a guest".formatted(number);
    }
}
