package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.SectorCipher;
import cofferdam.monitor.disk.qcow2.MappedDisk.L1Table;
import cofferdam.monitor.disk.qcow2.Qcow2Options.Backing;
import cofferdam.monitor.disk.qcow2.Qcow2Options.Encryption;
import cofferdam.monitor.disk.qcow2.Qcow2Options.ZeroWrites;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A disk in a qcow2 file that a guest reads and writes. Tables are written at once, so the file is
 * a whole image after every call. The same calls give the same file.
 */
public final class Qcow2Disk implements BlockDevice {

    /** Problems that do not keep a writer from going on. */
    private static final Set<ProblemKind> HARMLESS = Set.of(
            Qcow2Problem.BACKING_FILE,
            Qcow2Problem.QCOW2_AES,
            Qcow2Problem.REFCOUNT_LEAK,
            Qcow2Problem.STALE_BITMAPS);

    private final ImageFile file;
    private final Qcow2Header header;
    private final Layout layout;
    private final ZeroWrites zeroWrites;
    private final @Nullable ByteSource backing;
    private final HostClusters host;
    private final CompressedClusters compressed;
    private final Allocator allocator;
    private final GuestTables tables;
    private final SnapshotList snapshots;
    private MappedDisk view;

    private Qcow2Disk(ImageFile file, Qcow2Header header, Qcow2Options options) throws IOException {
        this.file = file;
        this.header = header;
        layout = header.layout();
        zeroWrites = options.zeroWrites();
        Backing below = options.backing();
        backing = below == null ? null : below.disk();
        host = new HostClusters(
                file, layout, header.encryption(), false, cipher(header, options.encryption()));
        compressed = new CompressedClusters(file, layout, header.compression());
        allocator = new Allocator(file, header, options.zeroOnFree());
        L1Table l1 = new L1Table(header.l1Offset(), header.l1Entries());
        tables = new GuestTables(file, layout, allocator, l1);
        snapshots = SnapshotList.read(file, header, allocator);
        view = activeView();
    }

    /**
     * Makes a new image of a disk full of zeros, or of what its backing disk has. What the file held
     * before is gone.
     *
     * @param size in bytes, a multiple of {@link BlockDevice#SECTOR}
     * @throws MalformedImageException if the tables for the disk would exceed the format's limits
     */
    public static Qcow2Disk create(ImageFile file, long size, Qcow2Options options)
            throws IOException {
        new Qcow2Creation(file, size, options).run();
        return new Qcow2Disk(file, Qcow2Header.read(file), options);
    }

    /**
     * Opens an image for writing, after a check of its whole structure.
     *
     * @param options its version and clusters are the image's; its backing disk has to be the one
     *     that the image names
     * @throws MalformedImageException if the structure has a problem that a writer would make worse,
     *     if the image has features that are only read (extended L2 entries, bitmaps), or if it is
     *     enciphered and the options have no key
     */
    public static Qcow2Disk open(ImageFile file, Qcow2Options options) throws IOException {
        Qcow2Header header = Qcow2Header.read(file);
        Qcow2Image image = Qcow2Image.open(file, Opener.NOTHING);
        List<Problem> problems = new ArrayList<>(image.problems());
        problems.addAll(image.walk(extent -> {}));
        for (Problem problem : problems) {
            if (!HARMLESS.contains(problem.kind())) {
                throw new MalformedImageException(problem.kind(), problem.detail());
            }
        }
        if (header.layout().extended() || header.autoclear() != 0) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "extended L2 entries and bitmaps are not written");
        }
        return new Qcow2Disk(file, header, options);
    }

    @Override
    public long size() {
        return header.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        view.read(offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, from.length);
        requireInside(offset, count);
        int done = 0;
        while (done < count) {
            long guest = offset + done;
            int more = Math.min(count - done, layout.clusterSize() - layout.inCluster(guest));
            boolean whole = layout.isAligned(guest)
                    && (more == layout.clusterSize() || guest + more == size());
            if (whole && isFlaggedIfZero() && isZero(from, start + done, more)) {
                zeroCluster(guest);
            } else {
                writeInCluster(guest, from, start + done, more);
            }
            done += more;
        }
    }

    /** Nothing to do: what is written is in the file at once. */
    @Override
    public void flush() {}

    /** The names of its snapshots, oldest first. */
    public List<String> snapshots() {
        return snapshots.names();
    }

    /**
     * Keeps the disk as it is now.
     *
     * @param name at most 255 bytes of UTF-8, and no other snapshot's
     * @param taken the time that the image tells, of which seconds have 32 bits
     */
    public void snapshot(String name, Instant taken) throws IOException {
        snapshot(name, taken, new byte[0]);
    }

    /**
     * Keeps the disk as it is now, and with it the state of a machine.
     *
     * @param vmState the machine's memory and devices; none if empty
     */
    public void snapshot(String name, Instant taken, byte[] vmState) throws IOException {
        snapshots.requireNew(name);
        if (Long.compareUnsigned(allocator.mostReferences(), snapshots.names().size() + 2) < 0) {
            throw new MalformedImageException(
                    Qcow2Problem.REFCOUNT_OVERFLOW,
                    "reference counts are too small for a snapshot");
        }
        writeVmState(vmState);
        L1Table active = tables.active();
        tables.refer(active, active.entries());
        tables.correctFlags();
        L1Table copy = tables.copyOfActive();
        snapshots.add(name, copy, taken, vmState.length, size());
        long behindDisk = layout.l1Entries(size());
        tables.release(active, behindDisk);
        tables.clearActive(behindDisk);
    }

    /**
     * Forgets a snapshot.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public void deleteSnapshot(String name) throws IOException {
        Snapshot snapshot = snapshots.remove(name);
        L1Table l1 = new L1Table(snapshot.l1Offset(), snapshot.l1Entries());
        tables.release(l1, 0);
        allocator.release(l1.offset(), l1.length());
        tables.correctFlags();
    }

    /**
     * Makes the disk what it was when a snapshot was taken; the snapshot stays. Its machine's state
     * is in the image still, but not part of the disk.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws MalformedImageException if its disk had another size
     */
    public void applySnapshot(String name) throws IOException {
        Snapshot snapshot = snapshots.named(name);
        if (snapshot.diskSize() != size()) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ,
                    "the snapshot's disk has %d bytes".formatted(snapshot.diskSize()));
        }
        L1Table l1 = new L1Table(snapshot.l1Offset(), snapshot.l1Entries());
        long entries = layout.l1Entries(size());
        tables.refer(l1, entries);
        tables.release(tables.active(), 0);
        tables.replaceActive(l1, entries);
        tables.correctFlags();
    }

    /** Writes the state behind the disk, where only a snapshot keeps it. */
    private void writeVmState(byte[] vmState) throws IOException {
        long start = MappedView.memoryStart(layout, size());
        tables.grow(layout.l1Entries(start + vmState.length));
        view = activeView();
        for (int done = 0; done < vmState.length; done += layout.clusterSize()) {
            int more = Math.min(layout.clusterSize(), vmState.length - done);
            byte[] cluster = Arrays.copyOf(
                    Arrays.copyOfRange(vmState, done, done + more), layout.clusterSize());
            writeInCluster(start + done, cluster, 0, cluster.length);
        }
    }

    private void writeInCluster(long guest, byte[] from, int start, int count) throws IOException {
        long at = tables.ownEntry(guest);
        long entry = tables.entry(at);
        long cluster = entry & Layout.OFFSET;
        boolean isOwn = (entry & Layout.COPIED) != 0 && cluster != 0;
        boolean isZero = (entry & Layout.ZERO) != 0;
        if (isOwn && !isZero) {
            writeHost(cluster + layout.inCluster(guest), guest, from, start, count);
            return;
        }
        byte[] whole = new byte[layout.clusterSize()];
        long clusterStart = guest - layout.inCluster(guest);
        if (count < whole.length) {
            int there = (int) Math.min(whole.length, size() - clusterStart);
            view.read(clusterStart, whole, 0, there);
        }
        System.arraycopy(from, start, whole, layout.inCluster(guest), count);
        if (isOwn) {
            writeHost(cluster, clusterStart, whole, 0, whole.length);
            tables.put(at, entry & ~Layout.ZERO);
            return;
        }
        long added = allocator.allocate(whole.length);
        writeHost(added, clusterStart, whole, 0, whole.length);
        tables.put(at, added | Layout.COPIED);
        tables.releaseTarget(entry);
    }

    private void zeroCluster(long guest) throws IOException {
        long known = view.mapping(guest).entry();
        if (known == 0 && backing == null) {
            return;
        }
        long at = tables.ownEntry(guest);
        long entry = tables.entry(at);
        boolean isKept =
                zeroWrites == ZeroWrites.FLAGGED_KEEPING && (entry & Layout.COMPRESSED) == 0;
        if (isKept && header.version() > 2) {
            tables.put(at, entry | Layout.ZERO);
            return;
        }
        tables.put(at, header.version() > 2 ? Layout.ZERO : 0);
        tables.releaseTarget(entry);
    }

    /** Version 2 has no flag, but without a backing disk an entry of nothing says the same. */
    private boolean isFlaggedIfZero() {
        return zeroWrites != ZeroWrites.STORED && (header.version() > 2 || backing == null);
    }

    private void writeHost(long offset, long guest, byte[] from, int start, int count)
            throws IOException {
        SectorCipher cipher = host.cipher();
        if (cipher == null) {
            file.write(offset, from, start, count);
            return;
        }
        int before = (int) (offset % cipher.sectorSize());
        int whole = Math.ceilDiv(before + count, cipher.sectorSize()) * cipher.sectorSize();
        byte[] sectors = new byte[whole];
        if (whole > count) {
            host.read(offset - before, guest - before, sectors, 0, whole);
        }
        System.arraycopy(from, start, sectors, before, count);
        cipher.encrypt(host.sector(offset - before, guest - before), sectors, 0, whole);
        file.write(offset - before, sectors);
    }

    private MappedDisk activeView() {
        Entries entries = offset -> BigEndian.number(file, offset);
        return new MappedDisk(
                layout, entries, host, compressed, tables.active(), 0, size(), backing);
    }

    private static boolean isZero(byte[] bytes, int start, int count) {
        for (int i = start; i < start + count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable SectorCipher cipher(
            Qcow2Header header, @Nullable Encryption encryption) throws MalformedImageException {
        if (header.encryption() == ContainerEncryption.NONE) {
            return null;
        }
        if (encryption == null) {
            throw new MalformedImageException(Qcow2Problem.NO_KEY, "no key to write with");
        }
        SectorCipher cipher = encryption.cipher();
        if (cipher.sectorSize() > header.clusterSize()) {
            throw new IllegalArgumentException(
                    "a sector of %d bytes is larger than a cluster".formatted(cipher.sectorSize()));
        }
        return cipher;
    }
}
