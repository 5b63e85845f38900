package cofferdam.monitor.memory;

import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A host's memory and how the policy shares it out. Frames that no machine has used hold zeros; those
 * given back keep their bytes unless the policy clears them, and are handed out again first, the last
 * one given back before the others. Not for use by several threads at one time.
 */
public final class HostMemory implements AutoCloseable {

    private final HostParts parts;
    private final Admission admission;
    private final TrustGroups groups;
    private final ScanSchedule schedule;
    private final RandomGenerator random;

    /**
     * Memory of so many bytes, a multiple of {@link PhysicalMemory#PAGE} and at most {@link
     * MemorySetup#MAXIMUM_HOST}. It is had from the system as it is used.
     *
     * @param swap where guests' pages are swapped to, if the policy has a swap file
     * @param random gives the keys of an encrypted swap file, the scanner's secrets, and how the time
     *     of accesses varies
     */
    public HostMemory(
            long bytes,
            MemoryPolicy policy,
            Optional<ImageFile> swap,
            Timeline timeline,
            RandomGenerator random) {
        this(bytes, policy, swap, timeline, random, new ChecksumHash());
    }

    HostMemory(
            long bytes,
            MemoryPolicy policy,
            Optional<ImageFile> swap,
            Timeline timeline,
            RandomGenerator random,
            PageHash hash) {
        if (bytes <= 0 || bytes % PhysicalMemory.PAGE != 0 || bytes > MemorySetup.MAXIMUM_HOST) {
            throw new IllegalArgumentException(
                    "%d bytes of memory are not a positive multiple of %d, or exceed %d"
                            .formatted(bytes, PhysicalMemory.PAGE, MemorySetup.MAXIMUM_HOST));
        }
        this.random = random;
        Guests guests = new Guests();
        FramePool pool = new FramePool(
                (int) (bytes / PhysicalMemory.PAGE), policy.zeroOnAllocate(), policy.zeroOnFree());
        FrameTable frames = new FrameTable(guests.charges());
        Scanner scanner = new Scanner(policy, pool, frames, guests, hash, random);
        @Nullable
        SwapFile file =
                policy.swap() == Swap.NONE ? null : swap.map(SwapFile::new).orElse(null);
        Reclaimer reclaimer = new Reclaimer(policy, pool, frames, guests, scanner, file);
        parts = new HostParts(policy, pool, frames, guests, scanner, reclaimer, file);
        admission = new Admission(policy, pool, guests, file);
        groups = new TrustGroups(policy);
        schedule = new ScanSchedule(timeline, policy.scanRate(), this::scanPart);
    }

    /**
     * Gives a machine an address space. Frames come as they are needed.
     *
     * @param size in bytes, a multiple of {@link PhysicalMemory#PAGE}
     * @throws RefusedSetupException if the policy does not allow so much, or the swap file has no
     *     room for what of it is not reserved
     */
    public GuestMemory configure(String machine, long size, CycleMeter meter, Balloon balloon)
            throws RefusedSetupException {
        int number = admission.admit(machine, size);
        parts.frames().admit(number);
        GuestPages pages = new GuestPages(
                number,
                groups.of(machine),
                (int) (size / PhysicalMemory.PAGE),
                parts.scanner().isActive(),
                parts.pool(),
                parts.frames(),
                parts.guests().charges()[number]);
        Guest guest = new Guest(
                machine,
                parts.policy(),
                pages,
                balloon,
                seal(machine),
                new Clock(parts.frames(), pages));
        parts.guests().add(guest);
        if (parts.scanner().isActive()) {
            schedule.start();
        }
        return new GuestMemory(guest, parts, new Latency(random.nextLong()), meter);
    }

    private SwapSeal seal(String machine) {
        return switch (parts.policy().swap()) {
            case NONE, PLAIN -> SwapSeal.PLAIN;
            case ENCRYPTED -> new AuthenticatedSeal(machine, random);
        };
    }

    /**
     * How all of it is used. Shared is what lies in frames that are mapped more than once, each
     * counted once; ballooned and swapped are the sums of all machines.
     */
    public MemoryUsage usage() {
        long used = bytes(parts.pool().used());
        return new MemoryUsage(
                bytes(parts.pool().size()),
                used,
                used,
                bytes(parts.frames().sharedFrames()),
                parts.guests().all().stream()
                        .mapToLong(guest -> bytes(guest.pages().ballooned()))
                        .sum(),
                parts.guests().all().stream()
                        .mapToLong(guest -> bytes(guest.pages().swapped()))
                        .sum());
    }

    private static long bytes(int frames) {
        return (long) frames * PhysicalMemory.PAGE;
    }

    /** The scanner looks at so many pages now, beside what it does at its rate. */
    public void scan(int pages) {
        parts.scanner().scan(pages);
        parts.reclaimer().relax();
    }

    private void scanPart(int pages) {
        if (parts.guests().all().isEmpty()) {
            schedule.stop();
            return;
        }
        scan(pages);
    }

    /**
     * Gives all frames back to the system; nothing of this can be used any more. Does nothing the
     * second time.
     */
    @Override
    public void close() {
        schedule.stop();
        parts.pool().close();
    }

    /** What is behind it, for tests. */
    HostParts parts() {
        return parts;
    }
}
