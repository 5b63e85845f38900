package cofferdam.monitor.emulated;

import cofferdam.monitor.datastore.Datastore;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.guest.system.BootFailure;
import cofferdam.monitor.guest.system.GuestSystem;
import cofferdam.monitor.image.DiskAssembly;
import cofferdam.monitor.image.DiskStack;
import cofferdam.monitor.image.KeptStates;
import cofferdam.monitor.image.Vault;
import cofferdam.monitor.policy.DiskPolicy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Where a machine has its disk: the image file, the layers while it is on, and what runs from it. */
final class DiskBay {

    private final String machine;
    private final DiskAssembly assembly;
    private final Datastore store;
    private final RandomGenerator random;
    private final StorageLog log;
    private final String image;
    private @Nullable Vault vault;
    private @Nullable DiskStack stack;
    private @Nullable DiskHandle handle;
    private @Nullable BlockDevice device;
    private @Nullable GuestSystem system;
    private boolean locked;
    private boolean hasSystem;

    DiskBay(
            String machine,
            DiskPolicy policy,
            Datastore store,
            RandomGenerator random,
            StorageLog log) {
        this.machine = machine;
        this.assembly = new DiskAssembly(policy, store::open);
        this.store = store;
        this.random = random;
        this.log = log;
        image = machine + "." + assembly.suffix();
    }

    String machine() {
        return machine;
    }

    /** The storage that has its image file. */
    Datastore store() {
        return store;
    }

    /** The name of its image file. */
    String image() {
        return image;
    }

    boolean hasDisk() {
        return vault != null;
    }

    boolean isOn() {
        return stack != null;
    }

    /** Whether its operating system came up; without one on its disk, whether it is on. */
    boolean isUp() {
        return isOn() && (!hasSystem || system != null);
    }

    /** Gives the machine a new disk and installs a system on it. */
    void install(long size) throws IOException {
        DiskStack made = make(size);
        GuestSystem.install(made.guest(), machine, random, log::seconds);
        made.close();
        hasSystem = true;
    }

    /** Gives the machine a new empty disk. */
    void attach(long size) throws IOException {
        requireOff();
        if (hasDisk()) {
            release();
        }
        make(size).close();
        hasSystem = false;
    }

    void release() throws IOException {
        requireOff();
        requireVault();
        store.delete(image);
        vault = null;
        log.record(time -> new Event.DiskReleased(time, machine, image));
    }

    /**
     * Switches the machine on; what comes of it is an event.
     *
     * @param path how the machine reaches its disk
     */
    void start(UnaryOperator<BlockDevice> path) {
        if (isOn()) {
            return;
        }
        try {
            DiskStack opened = assembly.open(store.open(image), requireVault());
            stack = opened;
            handle = new DiskHandle(opened.guest());
            BlockDevice reached = path.apply(handle);
            device = reached;
            locked = true;
            if (!hasSystem) {
                power(PowerState.IDLE, "");
                return;
            }
            system = GuestSystem.boot(reached, log::seconds);
            power(PowerState.STARTED, "");
        } catch (IOException e) {
            power(PowerState.REFUSED, String.valueOf(e.getMessage()));
        } catch (BootFailure e) {
            power(PowerState.FAILED, String.valueOf(e.getMessage()));
        }
    }

    void shutDown() {
        DiskStack open = stack;
        forget();
        String trouble = "";
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
        }
        power(PowerState.OFF, trouble);
    }

    /** The operating system that runs from the disk, if one does. */
    Optional<GuestSystem> system() {
        return Optional.ofNullable(system);
    }

    /** The disk as the running machine sees it. */
    BlockDevice device() throws IOException {
        if (device == null) {
            throw new IOException("%s is off".formatted(machine));
        }
        return device;
    }

    /** Whether the image file is closed to everybody else, if the policy has locks at all. */
    boolean isLocked() {
        return isOn() && locked;
    }

    /** Somebody has broken the lock of the image file. */
    void breakLock() {
        locked = false;
    }

    /** Somebody has closed the monitor's handle of the image file. */
    void closeHandle() {
        if (handle != null) {
            handle.close();
        }
    }

    /** What ran from the disk is gone, and wrote nothing back. */
    void abandon() {
        if (isOn()) {
            forget();
        }
    }

    private void forget() {
        stack = null;
        system = null;
        handle = null;
        device = null;
        locked = false;
    }

    /** Does something with the kept states while the machine is off. */
    void withStates(StateWork work) throws IOException {
        requireOff();
        DiskStack opened = assembly.open(store.open(image), requireVault());
        work.carryOut(opened.states()
                .orElseThrow(() -> new IOException("the image keeps no states of its disk")));
        opened.close();
    }

    /** Something done with kept states. */
    @FunctionalInterface
    interface StateWork {
        void carryOut(KeptStates states) throws IOException;
    }

    private DiskStack make(long size) throws IOException {
        Vault fresh = new Vault(random);
        ImageFile file = store.create(image);
        DiskStack made;
        try {
            made = assembly.create(file, size, fresh);
        } catch (IOException e) {
            store.delete(image);
            throw e;
        }
        vault = fresh;
        long bytes = made.guest().size();
        log.record(time -> new Event.DiskAttached(time, machine, image, assembly.words(), bytes));
        return made;
    }

    private Vault requireVault() throws IOException {
        if (vault == null) {
            throw new IOException("%s has no disk".formatted(machine));
        }
        return vault;
    }

    private void requireOff() throws IOException {
        if (isOn()) {
            throw new IOException("%s is on".formatted(machine));
        }
    }

    private void power(PowerState state, String detail) {
        log.record(time -> new Event.PowerChanged(time, machine, image, state, detail));
    }
}
