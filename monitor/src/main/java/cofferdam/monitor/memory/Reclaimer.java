package cofferdam.monitor.memory;

import cofferdam.monitor.policy.MemoryPolicy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/**
 * Finds frames: when a guest is at its limit or the host runs short, pages are first shared, then
 * taken by balloon, then swapped out. The guest that holds most above its reservation for each of its
 * shares loses; nobody loses what is reserved. Free memory is kept between levels as in C. Waldspurger,
 * OSDI 2002, section 6.3: the balloon works below 4 % and swapping below 2 %, and what the balloon took
 * is given back above 6 %. The blocking of guests below 1 % is not done: who needs a frame gets it or
 * ends.
 */
final class Reclaimer {

    private static final int HIGH = 6;
    private static final int SOFT = 4;
    private static final int HARD = 2;

    /** How many frames are taken at one time, at most. */
    private static final int BATCH = 32;

    /** How many pages are looked at for sharing before others are taken. */
    private static final int SHARE_BATCH = 256;

    private final MemoryPolicy policy;
    private final FramePool pool;
    private final FrameTable frames;
    private final Guests guests;
    private final Scanner scanner;
    private final @Nullable SwapFile swap;
    private boolean inflating;
    private int patience;

    Reclaimer(
            MemoryPolicy policy,
            FramePool pool,
            FrameTable frames,
            Guests guests,
            Scanner scanner,
            @Nullable SwapFile swap) {
        this.policy = policy;
        this.pool = pool;
        this.frames = frames;
        this.guests = guests;
        this.scanner = scanner;
        this.swap = swap;
    }

    /**
     * Sees to it that the guest can have one more frame.
     *
     * @param page the page that is to have it, and leaves the frame that it has
     * @throws OutOfHostMemoryException if it cannot
     */
    void makeRoom(Guest guest, int page) {
        while (guest.charge().exceeds(guest.limit(), mappings(guest.pages(), page))) {
            if (!shrink(guest)) {
                throw new OutOfHostMemoryException(
                        guest.machine(),
                        "%s may hold %d frames of the host and needs one more; none can be taken back"
                                .formatted(guest.machine(), guest.limit()));
            }
        }
        while (!mayTake(guest)) {
            if (!takeFromSomebody(isBelowReservation(guest)) && !shrink(guest)) {
                throw new OutOfHostMemoryException(
                        guest.machine(),
                        "%s needs a frame; the host has %d, %d of them free but reserved; none can be taken back"
                                .formatted(guest.machine(), pool.size(), pool.free()));
            }
        }
        if (isOvercommitted()) {
            keepSomeFree();
        }
    }

    private int mappings(GuestPages pages, int page) {
        return pages.state(page) == GuestPages.PRESENT ? frames.references(pages.number(page)) : 0;
    }

    // What others have reserved and do not use yet can be taken back if there is a swap file;
    // without
    // one a guest may refuse to give it back, so that it stays free for them.
    private boolean mayTake(Guest guest) {
        int free = pool.free();
        if (free > guests.reserved()) {
            return true;
        }
        return free > 0 && (swap != null || isBelowReservation(guest) || free > promised(guest));
    }

    private static boolean isBelowReservation(Guest guest) {
        return guest.charge().atMost() < guest.reservation();
    }

    private long promised(Guest except) {
        long sum = 0;
        for (Guest guest : guests.all()) {
            sum += guest == except ? 0 : guest.unfilled();
        }
        return sum;
    }

    /** Takes from the guest itself; what it needs next counts for its reservation. */
    private boolean shrink(Guest guest) {
        int batch = Math.clamp(guest.limit() / 16, 1, BATCH);
        return take(guest, Math.clamp(guest.spare(), 1, batch), true);
    }

    private boolean takeFromSomebody(boolean promised) {
        for (Guest victim : losers(promised)) {
            if (take(victim, Math.clamp(victim.spare(), 1, BATCH), true)) {
                return true;
            }
        }
        return false;
    }

    // For what is promised, those who hold only a part of a frame more than is reserved lose a
    // frame.
    private List<Guest> losers(boolean promised) {
        return guests.all().stream()
                .filter(guest -> guest.spare() > 0
                        || (promised && guest.charge().atMost() > guest.reservation()))
                .sorted(Comparator.comparingDouble(Reclaimer::excess).reversed())
                .toList();
    }

    private static double excess(Guest guest) {
        return (double) guest.spare() / guest.shares();
    }

    /** Whether the guests may want more than there is. */
    private boolean isOvercommitted() {
        return guests.limits() > pool.size();
    }

    private void keepSomeFree() {
        if (patience > 0) {
            patience--;
            return;
        }
        int free = pool.free();
        if (free >= percent(SOFT)) {
            return;
        }
        List<Guest> losers = losers(/* promised= */ false);
        boolean hard = free < percent(HARD);
        if (losers.isEmpty()
                || !take(losers.getFirst(), Math.min(losers.getFirst().spare(), BATCH), hard)) {
            patience = BATCH;
        }
    }

    private int percent(int percent) {
        return (int) ((long) pool.size() * percent / MemoryPolicy.PERCENT);
    }

    /** Whether the guest holds less, or more frames are free, than before. */
    private boolean take(Guest victim, int wanted, boolean swapping) {
        Holding before = holding(victim);
        share(victim);
        if (!before.exceeds(holding(victim)) && policy.balloon()) {
            victim.lend(inflate(victim, wanted));
        }
        if (!before.exceeds(holding(victim)) && swapping && swap != null) {
            swapOut(victim, wanted);
        }
        return before.exceeds(holding(victim));
    }

    private Holding holding(Guest guest) {
        return new Holding(guest.charge().units(), guest.charge().mappings(), pool.free());
    }

    /** What a guest holds and the host has at one moment. */
    private record Holding(long units, int mappings, int free) {

        // A page that shares its frame with others of its own guest lessens no charge by going, but
        // it
        // is one on the way to the last of them.
        boolean exceeds(Holding now) {
            return now.units < units || now.mappings < mappings || now.free > free;
        }
    }

    private void share(Guest guest) {
        if (scanner.isActive()) {
            scanner.scan(guest, SHARE_BATCH);
        }
    }

    private void swapOut(Guest victim, int wanted) {
        try {
            swap(victim, wanted);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "%s cannot be swapped out".formatted(victim.machine()), failed);
        }
    }

    /**
     * Swaps out or shares so many pages of a guest, as far as it has them.
     *
     * @throws IOException if the file is full or fails
     */
    void swap(Guest victim, int wanted) throws IOException {
        if (swap == null) {
            throw new IOException("the host has no swap file");
        }
        GuestPages pages = victim.pages();
        for (int done = 0; done < wanted; done++) {
            int page = victim.clock().next();
            if (page < 0) {
                return;
            }
            boolean shared = frames.references(pages.number(page)) > 1;
            scanner.visit(pages, page);
            if (shared || frames.references(pages.number(page)) == 1) {
                pages.swapOut(page, swap, victim.seal());
            }
        }
    }

    /**
     * Asks a guest's driver for so many pages.
     *
     * @return how many it gave
     */
    int inflate(Guest guest, int wanted) {
        // The guest may need memory itself to free some; it is not asked again for that.
        if (inflating) {
            return 0;
        }
        inflating = true;
        try {
            int before = guest.pages().ballooned();
            List<Integer> given = guest.balloon().inflate(wanted);
            given.stream()
                    .limit(wanted)
                    .filter(page -> page >= 0 && page < guest.pages().count())
                    .forEach(page -> guest.pages().giveUp(page, this::freeSlot));
            return Math.max(0, guest.pages().ballooned() - before);
        } finally {
            inflating = false;
        }
    }

    private void freeSlot(int slot) {
        if (swap != null) {
            swap.free(slot);
        }
    }

    /** Who holds more than its limit because another gave up a frame that they shared, gives back. */
    void enforceLimits() {
        while (frames.takeRaised()) {
            for (Guest guest : List.copyOf(guests.all())) {
                while (guest.charge().atMost() > guest.limit() && shrink(guest)) {
                    // Until it does not, or nothing more can be taken.
                }
            }
        }
    }

    /** Gives back what the balloon took, as far as memory is plentiful. */
    void relax() {
        for (Guest guest : List.copyOf(guests.all())) {
            int own = guest.limit() - guest.charge().atMost();
            int plenty = pool.free() - (isOvercommitted() ? percent(HIGH) : 0);
            int room = Math.min(guest.lent(), Math.min(own, plenty));
            if (room > 0) {
                deflate(guest, room);
            }
        }
    }

    private void deflate(Guest guest, int count) {
        int before = guest.pages().ballooned();
        guest.balloon().deflate(count).stream()
                .limit(count)
                .filter(page -> page >= 0 && page < guest.pages().count())
                .forEach(guest.pages()::allow);
        guest.lend(guest.pages().ballooned() - before);
    }
}
