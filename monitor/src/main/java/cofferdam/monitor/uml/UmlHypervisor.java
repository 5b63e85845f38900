package cofferdam.monitor.uml;

import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.linux.ActualPolicy;
import cofferdam.monitor.linux.GuestDisk;
import cofferdam.monitor.linux.GuestPlan;
import cofferdam.monitor.linux.HostKernel;
import cofferdam.monitor.linux.Hypervisor;
import cofferdam.monitor.linux.RunningGuest;
import cofferdam.monitor.linux.Unenforced;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.process.ChildProcess;
import cofferdam.monitor.process.Limits;
import cofferdam.monitor.process.ProgramStart;
import cofferdam.monitor.process.Supervisor;
import cofferdam.monitor.process.WorkFolder;
import cofferdam.monitor.wire.SeqpacketWire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Starts the guests of one host as processes of User-mode Linux. Their network interfaces are sequenced
 * packet sockets in the work folder ({@code transport=bess} of the vector driver), their second console
 * is the process's standard input and output, and what their kernel says goes to its standard error.
 */
final class UmlHypervisor implements Hypervisor {

    /** What the kernel and its initial file system take of a guest's memory, in bytes. */
    static final long OWN_NEED = 96L << 20;

    private static final String INITRAMFS = "initramfs.gz";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** What a process maps beside the guest's memory, in bytes. */
    private static final long OVERHEAD = 2L << 30;

    private static final long MAXIMUM_OUTPUT = 64L << 20;
    private static final long MAXIMUM_FILE = 2L << 30;
    private static final Duration MAXIMUM_TIME = Duration.ofMinutes(30);

    private final GuestKernel kernel;
    private final WorkFolder folder;
    private final RealTime time;
    private final Path initramfs;
    private final List<RunningUml> running = new ArrayList<>();

    /**
     * @param initramfs the guests' initial file system
     * @throws IOException if it cannot be written to the work folder
     */
    UmlHypervisor(GuestKernel kernel, byte[] initramfs, WorkFolder folder, RealTime time)
            throws IOException {
        this.kernel = kernel;
        this.folder = folder;
        this.time = time;
        this.initramfs = Files.write(folder.file(INITRAMFS), initramfs);
    }

    @Override
    public String name() {
        return UmlMonitor.NAME;
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    /** Its block device is a file, byte for byte. */
    @Override
    public DiskPolicy kept(DiskPolicy asked) {
        return new DiskPolicy(
                DiskPolicy.Format.RAW,
                asked.encryption(),
                asked.integrity(),
                asked.zeroOnAllocate(),
                asked.probeFormat(),
                asked.lock(),
                asked.rateLimit());
    }

    @Override
    public Optional<String> refuses(DiskPolicy policy) {
        boolean plain = policy.encryption() == DiskPolicy.Encryption.NONE
                && policy.integrity() == DiskPolicy.Integrity.NONE;
        return plain
                ? Optional.empty()
                : Optional.of("User-mode Linux neither enciphers nor verifies disk images");
    }

    @Override
    public Optional<String> refusesTap() {
        return Optional.of(RunningUml.NO_TAP);
    }

    @Override
    public long ownNeed() {
        return OWN_NEED;
    }

    /** The host's kernel never merges pages of files, which the guests' memory is. */
    @Override
    public List<Unenforced> unenforced(Policy policy) {
        Policy actual = ActualPolicy.ofProcesses(
                policy, MemoryPolicy.Sharing.NONE, HostKernel.ofThisComputer(), List.of());
        TreeMap<String, String> reasons = new TreeMap<>();
        reasons.put("disk.zero-on-allocate", "the host's file system clears what it gives out");
        reasons.put("disk.probe-format", "User-mode Linux takes every image as a raw one");
        reasons.put("disk.format", "User-mode Linux has raw disk images only");
        reasons.put("disk.lock", "a lock on an image binds only programs that ask for it");
        reasons.put("disk.rate-limit", "User-mode Linux has no limit for disks");
        return ActualPolicy.differences(policy, actual.withDisk(disk(policy.disk())), reasons);
    }

    private static DiskPolicy disk(DiskPolicy asked) {
        return new DiskPolicy(
                DiskPolicy.Format.RAW,
                asked.encryption(),
                asked.integrity(),
                /* zeroOnAllocate= */ true,
                /* probeFormat= */ false,
                /* lock= */ false,
                /* rateLimit= */ 0);
    }

    @Override
    public RunningGuest start(GuestPlan plan) throws IOException {
        SeqpacketWire network = SeqpacketWire.listen(time, folder.file(plan.name() + ".net"));
        SeqpacketWire relay;
        try {
            relay = SeqpacketWire.listen(time, folder.file(plan.name() + ".relay"));
        } catch (IOException failed) {
            network.close();
            throw failed;
        }
        try {
            ChildProcess process = Supervisor.start(program(plan), folder, time::post);
            RunningUml guest = new RunningUml(process, network, relay);
            running.add(guest);
            return guest;
        } catch (IOException failed) {
            network.close();
            relay.close();
            throw failed;
        }
    }

    private ProgramStart program(GuestPlan plan) {
        Limits limits = new Limits(
                MAXIMUM_TIME, MAXIMUM_TIME, plan.memory() + OVERHEAD, MAXIMUM_FILE, MAXIMUM_OUTPUT);
        return new ProgramStart(plan.name(), command(plan), environment(), limits);
    }

    /** The guests' memory is a file, which should lie in memory where that is possible. */
    private static Map<String, String> environment() {
        return Files.isWritable(SHARED_MEMORY)
                ? Map.of("TMPDIR", SHARED_MEMORY.toString())
                : Map.of();
    }

    private List<String> command(GuestPlan plan) {
        List<String> command = new ArrayList<>(List.of(
                kernel.image().toString(),
                "mem=" + (plan.memory() >> 10) + "K",
                "initrd=" + initramfs,
                "umid=" + plan.name(),
                "uml_dir=" + folder.path(),
                "con=null",
                "con0=null,fd:2",
                "con1=fd:0,fd:1",
                interfaceOf(0, folder.file(plan.name() + ".net"), plan.mac().toString()),
                interfaceOf(1, folder.file(plan.name() + ".relay"), "02:ff:00:00:00:02")));
        plan.disk().map(GuestDisk::image).ifPresent(image -> command.add("ubd0=" + image));
        command.addAll(plan.parameters("tty1"));
        return command;
    }

    private static String interfaceOf(int number, Path socket, String address) {
        return "vec%d:transport=bess,dst=%s,mac=%s".formatted(number, socket, address);
    }

    /** It has none: its network drivers only know how to reach one. */
    @Override
    public Optional<Bridge> sharedMedium() {
        return Optional.empty();
    }

    /** Its kernel calls the host's where others reach for registers. */
    @Override
    public Optional<String> withoutBuses() {
        return Optional.of("a guest of User-mode Linux has no buses to look at");
    }

    @Override
    public void close() {
        running.forEach(RunningUml::close);
        folder.close();
    }
}
