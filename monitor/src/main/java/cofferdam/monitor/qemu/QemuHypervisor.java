package cofferdam.monitor.qemu;

import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.linux.GuestDisk;
import cofferdam.monitor.linux.GuestPlan;
import cofferdam.monitor.linux.HostKernel;
import cofferdam.monitor.linux.Hypervisor;
import cofferdam.monitor.linux.Unenforced;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.process.ChildProcess;
import cofferdam.monitor.process.Limits;
import cofferdam.monitor.process.ProgramStart;
import cofferdam.monitor.process.Supervisor;
import cofferdam.monitor.process.WorkFolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the guests of one host, each by a QEMU of its own, which is a program of this user. QEMU
 * connects to sockets in the work folder at which this side listens already, so that nothing is lost
 * and nobody else can be there first.
 */
final class QemuHypervisor implements Hypervisor {

    /** What the kernel and its initial file system take of a guest's memory, in bytes. */
    static final long OWN_NEED = 96L << 20;

    private static final String INITRAMFS = "initramfs.gz";

    /** What QEMU maps beside the guest's memory, in bytes: some 400 MiB, and room. */
    private static final long OVERHEAD = 2L << 30;

    private static final long MAXIMUM_OUTPUT = 1L << 20;
    private static final long MAXIMUM_FILE = 2L << 30;
    private static final Duration MAXIMUM_TIME = Duration.ofMinutes(30);

    private final QemuCommand command;
    private final WorkFolder folder;
    private final RealTime time;
    private final List<QemuGuest> guests = new ArrayList<>();
    private final List<QemuHub> hubs = new ArrayList<>();

    /**
     * QEMU for one host.
     *
     * @param program QEMU
     * @param initramfs the guests' initial file system
     * @param mergeable whether the host's kernel may merge pages of guests with equal ones
     * @param folder is its own from now on, and ends with it
     * @throws IOException if the initial file system cannot be written to the work folder
     */
    QemuHypervisor(
            Path program,
            Accelerator accelerator,
            boolean mergeable,
            GuestKernel kernel,
            byte[] initramfs,
            WorkFolder folder,
            RealTime time)
            throws IOException {
        this.folder = folder;
        this.time = time;
        Path image = Files.write(folder.file(INITRAMFS), initramfs);
        command = new QemuCommand(program, accelerator, mergeable, kernel.image(), image);
    }

    @Override
    public String name() {
        return QemuMonitor.NAME;
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    @Override
    public Optional<String> refuses(DiskPolicy policy) {
        return QemuDisk.refusal(policy);
    }

    @Override
    public Optional<String> refusesTap() {
        return Optional.empty();
    }

    @Override
    public long ownNeed() {
        return OWN_NEED;
    }

    @Override
    public List<Unenforced> unenforced(Policy policy) {
        return new QemuSettings(HostKernel.ofThisComputer()).unenforced(policy);
    }

    /** Returns when QEMU has built the machine and the guest begins, some 50 ms later. */
    @Override
    public QemuGuest start(GuestPlan plan) throws IOException {
        GuestFiles files = GuestFiles.of(folder, plan.name());
        writeSecret(plan, files);
        List<String> arguments = command.of(plan, files);
        GuestLines lines = new GuestLines(time, files);
        QemuGuest guest;
        try {
            ChildProcess child = launch(plan.name(), arguments, plan.memory());
            guest = new QemuGuest(time, child, lines, files, board(plan));
        } catch (IOException failed) {
            lines.close();
            throw failed;
        }
        try {
            guest.awaitBuilt();
        } catch (IOException | RuntimeException failed) {
            guest.close();
            throw failed;
        }
        guests.add(guest);
        return guest;
    }

    private QemuBoard board(GuestPlan plan) {
        return new QemuBoard(
                plan.memory(), plan.disk().isPresent(), command.accelerator().kind());
    }

    /** Not on the command line, which everybody on the host can read. */
    private static void writeSecret(GuestPlan plan, GuestFiles files) throws IOException {
        Optional<GuestDisk> disk = plan.disk();
        if (disk.isPresent() && QemuDisk.isEncrypted(disk.get().policy())) {
            Files.writeString(files.secret(), disk.get().passphrase(), StandardCharsets.UTF_8);
        }
    }

    private ChildProcess launch(String name, List<String> arguments, long memory)
            throws IOException {
        Limits limits = new Limits(
                MAXIMUM_TIME, MAXIMUM_TIME, memory + OVERHEAD, MAXIMUM_FILE, MAXIMUM_OUTPUT);
        ProgramStart start = new ProgramStart(name, arguments, Map.of(), limits);
        return Supervisor.start(start, folder, time::post);
    }

    /** QEMU's hub; every call starts another one. */
    @Override
    public Optional<Bridge> sharedMedium() throws IOException {
        QemuHub hub = QemuHub.start(command.program(), folder, time);
        hubs.add(hub);
        return Optional.of(hub);
    }

    /** Its machine has all that a computer of its kind has. */
    @Override
    public Optional<String> withoutBuses() {
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            guests.forEach(QemuGuest::close);
            hubs.forEach(QemuHub::close);
        } finally {
            folder.close();
        }
    }
}
