package cofferdam.monitor.linux;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.guest.system.GuestSystem;
import cofferdam.monitor.image.DiskAssembly;
import cofferdam.monitor.image.DiskStack;
import cofferdam.monitor.image.FileOnDisk;
import cofferdam.monitor.image.KeptStates;
import cofferdam.monitor.image.NamedFiles;
import cofferdam.monitor.image.Vault;
import cofferdam.monitor.policy.DiskPolicy;

import org.jspecify.annotations.Nullable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Where a real guest has its disk: an image file that is made here and opened by the hypervisor. */
final class GuestBay {

    /** What a guest without a disk runs from. */
    private static final String NO_IMAGE = "initramfs";

    /** The testbed's own code opens an image by itself, and nothing that the image names. */
    private static final NamedFiles NOTHING = name -> {
        throw new FileNotFoundException(name);
    };

    private final PoweredGuest guest;
    private final DiskPolicy policy;
    private final Optional<String> refusal;
    private final ImageFolder folder;
    private final RandomGenerator random;
    private final StorageLog log;
    private final DiskAssembly assembly;
    private final String image;
    private @Nullable Vault vault;
    private boolean hasSystem;
    private Optional<GuestDisk> disk = Optional.empty();

    /** @param refusal why the hypervisor cannot give guests such disks, if it cannot */
    GuestBay(
            PoweredGuest guest,
            DiskPolicy policy,
            Optional<String> refusal,
            ImageFolder folder,
            RandomGenerator random,
            StorageLog log) {
        this.guest = guest;
        this.policy = policy;
        this.refusal = refusal;
        this.folder = folder;
        this.random = random;
        this.log = log;
        assembly = new DiskAssembly(policy, NOTHING);
        image = guest.name() + "." + assembly.suffix();
    }

    String machine() {
        return guest.name();
    }

    /** The name of its image file, or of what it runs from without one. */
    String image() {
        return hasDisk() ? image : NO_IMAGE;
    }

    boolean hasDisk() {
        return vault != null;
    }

    /** Whether there is an operating system on its disk. */
    boolean hasSystem() {
        return hasSystem;
    }

    DiskPolicy.Format format() {
        return policy.format();
    }

    /** Gives the guest a new disk and installs a system on it. */
    void install(long size) throws IOException {
        make(size, true);
    }

    /** Gives the guest a new empty disk. */
    void attach(long size) throws IOException {
        requireOff();
        if (hasDisk()) {
            release();
        }
        make(size, false);
    }

    void release() throws IOException {
        requireOff();
        requireVault();
        folder.delete(image);
        vault = null;
        hasSystem = false;
        give(Optional.empty());
        log.record(time -> new Event.DiskReleased(time, machine(), image));
    }

    /** Does something while the guest is started without its disk. */
    <T> T without(Supplier<T> work) {
        guest.disk(Optional.empty());
        try {
            return work.get();
        } finally {
            guest.disk(disk);
        }
    }

    /** Does something with the kept states while the guest is off. */
    void withStates(StateWork work) throws IOException {
        requireOff();
        Vault keys = requireVault();
        try (FileOnDisk file = folder.open(image)) {
            DiskStack opened = assembly.open(file, keys);
            work.carryOut(opened.states()
                    .orElseThrow(() -> new IOException("the image keeps no states of its disk")));
            opened.close();
        }
    }

    /** Something done with kept states. */
    @FunctionalInterface
    interface StateWork {
        void carryOut(KeptStates states) throws IOException;
    }

    /** Tells what became of the guest's power. */
    void power(PowerState state, String detail) {
        log.record(time -> new Event.PowerChanged(time, machine(), image(), state, detail));
    }

    private void make(long size, boolean withSystem) throws IOException {
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        Vault fresh = Vault.ofText(random);
        long bytes;
        try (FileOnDisk file = folder.create(image)) {
            DiskStack made = assembly.create(file, size, fresh);
            bytes = made.guest().size();
            if (withSystem) {
                GuestSystem.install(made.guest(), machine(), random, log::seconds);
            }
            made.close();
        } catch (IOException e) {
            folder.delete(image);
            throw e;
        }
        vault = fresh;
        hasSystem = withSystem;
        give(Optional.of(new GuestDisk(folder.path(image), policy, passphrase(fresh))));
        log.record(time -> new Event.DiskAttached(time, machine(), image, assembly.words(), bytes));
    }

    private void give(Optional<GuestDisk> given) {
        disk = given;
        guest.disk(given);
    }

    private String passphrase(Vault keys) {
        return policy.encryption() == DiskPolicy.Encryption.NONE
                ? ""
                : new String(keys.passphrase(), StandardCharsets.US_ASCII);
    }

    private Vault requireVault() throws IOException {
        if (vault == null) {
            throw new IOException("%s has no disk".formatted(machine()));
        }
        return vault;
    }

    private void requireOff() throws IOException {
        if (guest.isOn()) {
            throw new IOException("%s is on".formatted(machine()));
        }
    }
}
