package cofferdam.monitor.emulated;

import cofferdam.monitor.HostSetup;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.datastore.Datastore;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.schedule.DiskQueue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The host's storage, and the machines' disks in it. */
final class Storage {

    /** Keeps the disks' choices apart from the network's, which start from the seed itself. */
    private static final long STREAM = 0xd15c_0000_b10c_5eedL;

    /** A file of the host's own, beside the images. */
    private static final String HOST_FILE = "host.secret";

    /** What the host's storage can hold beside as much as the host's memory, in bytes. */
    private static final long CAPACITY = 512L << 20;

    private static final String SWAP_FILE = "memory.swap";

    /** A swap file that is larger is not kept among the images, in bytes. */
    private static final long MAXIMUM_KEPT_SWAP = 32L << 20;

    private final HostSetup setup;
    private final Datastore store;
    private final StorageLog log;
    private final SplittableRandom random;
    private final DiskQueue queue;
    private final SortedMap<String, DiskBay> bays = new TreeMap<>();
    private Optional<ImageFile> swap = Optional.empty();

    /** Bays for these machines; those that the setup names get their disks by {@link #install}. */
    Storage(HostSetup setup, Timeline timeline) {
        this.setup = setup;
        store = datastore();
        log = new StorageLog(timeline, setup.evidence());
        random = new SplittableRandom(setup.seed() ^ STREAM);
        queue = new DiskQueue(timeline, setup.policy().disk().rateLimit());
    }

    private Datastore datastore() {
        return new Datastore(
                CAPACITY + setup.memory().host(), setup.policy().disk().zeroOnAllocate());
    }

    /** Whether each machine keeps its disk in itself. */
    private boolean isSeparate() {
        return setup.policy().monitor().type() == MonitorPolicy.Type.PHYSICAL;
    }

    StorageLog log() {
        return log;
    }

    /** Where requests wait: on the host's one disk, or on a disk of one machine alone. */
    DiskQueue queue() {
        return isSeparate() ? new DiskQueue(log.timeline(), 0) : queue;
    }

    /** The bay of a machine; made at the first call. */
    DiskBay bay(String machine) {
        return bays.computeIfAbsent(
                machine,
                name -> new DiskBay(
                        name,
                        setup.policy().disk(),
                        isSeparate() ? datastore() : store,
                        random.split(),
                        log));
    }

    /** What the host's operating system has of it. */
    ImageStore ofHost(String host) {
        return new HostStorage(host, store, bays.values(), setup.policy().disk().lock(), log);
    }

    /** Installs the machines that have a disk. */
    void install() {
        try {
            for (var disk : setup.disks().entrySet()) {
                bay(disk.getKey()).install(disk.getValue());
            }
            if (setup.policy().monitor().type() != MonitorPolicy.Type.PHYSICAL) {
                placeHostFile();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a disk cannot be installed", e);
        }
        keepImages("0-installed");
    }

    /** Keeps every image as it is now. */
    void keepImages(String moment) {
        if (bays.values().stream().noneMatch(DiskBay::hasDisk) && swap.isEmpty()) {
            return;
        }
        log.record(time -> new Event.ImagesKept(time, "monitor", moment));
        for (DiskBay bay : bays.values()) {
            if (!bay.hasDisk()) {
                continue;
            }
            try {
                ImageFile file = bay.store().open(bay.image());
                setup.evidence()
                        .image(
                                moment,
                                bay.image(),
                                HostStorage.content(file),
                                bay.store().space(bay.image()));
            } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be kept".formatted(bay.image()), e);
            }
        }
        try {
            keepSwap(moment);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be kept".formatted(SWAP_FILE), e);
        }
    }

    /** A file for what the host swaps out of its guests' memory, if the policy has one. */
    Optional<ImageFile> swapFile() {
        boolean swaps = setup.policy().memory().swap() != MemoryPolicy.Swap.NONE
                && setup.policy().monitor().type() != MonitorPolicy.Type.PHYSICAL
                && !setup.memory().guests().isEmpty();
        if (swaps && swap.isEmpty()) {
            try {
                swap = Optional.of(store.create(SWAP_FILE));
            } catch (IOException e) {
                throw new UncheckedIOException("the swap file cannot be made", e);
            }
        }
        return swap;
    }

    private void keepSwap(String moment) throws IOException {
        if (swap.isPresent() && swap.get().size() <= MAXIMUM_KEPT_SWAP) {
            setup.evidence()
                    .image(
                            moment,
                            SWAP_FILE,
                            HostStorage.content(swap.get()),
                            store.space(SWAP_FILE));
        }
    }

    private void placeHostFile() throws IOException {
        Canary canary = Canary.of(random.nextLong(), random.nextLong());
        String text = "password = %s\n".formatted(canary);
        store.create(HOST_FILE).write(0, text.getBytes(StandardCharsets.UTF_8));
        log.record(
                time -> new Event.HostFilePlaced(time, Inhabitant.HOST.name(), HOST_FILE, canary));
    }
}
