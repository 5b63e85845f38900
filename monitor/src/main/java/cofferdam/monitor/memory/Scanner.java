package cofferdam.monitor.memory;

import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * Makes one frame of pages with the same contents, as in C. Waldspurger, Memory Resource Management
 * in VMware ESX Server, OSDI 2002, section 4: a page that is like none leaves a hint; when another has
 * the same hash, the hinted page is hashed again if it was written meanwhile, and both are compared
 * in full. Goes through all pages of all guests in turn, so that every page is looked at within one round.
 */
final class Scanner {

    private static final long GROUP_STEP = 0x9E3779B97F4A7C15L;

    private final MemoryPolicy policy;
    private final FramePool pool;
    private final FrameTable frames;
    private final Guests guests;
    private final PageHash hash;
    // Keep a guest from making keys that fall into one region of the table.
    private final long secret;
    private final long factor;
    private final SharingTable table = new SharingTable();
    private final SharingTable.Holds holds = this::holds;
    private int nextGuest;
    private int nextPage;

    Scanner(
            MemoryPolicy policy,
            FramePool pool,
            FrameTable frames,
            Guests guests,
            PageHash hash,
            RandomGenerator random) {
        this.policy = policy;
        this.pool = pool;
        this.frames = frames;
        this.guests = guests;
        this.hash = hash;
        secret = random.nextLong();
        factor = random.nextLong() | 1;
    }

    /** Whether there is anything to scan for. */
    boolean isActive() {
        return policy.sharing() != Sharing.NONE;
    }

    /** Looks at so many pages that have a frame, at each at most once. */
    void scan(int pages) {
        if (!isActive()) {
            return;
        }
        long budget = Math.min(pages, guests.mappings());
        int without = 0;
        for (long looked = 0; looked < budget && without <= Guests.MAXIMUM; ) {
            Guest guest = guests.get(nextGuest);
            int page = guest == null ? -1 : guest.pages().nextPresent(nextPage);
            if (guest == null || page < 0) {
                nextGuest = (nextGuest + 1) % Guests.MAXIMUM;
                nextPage = 0;
                without++;
                continue;
            }
            visit(guest.pages(), page);
            nextPage = page + 1;
            looked++;
            without = 0;
        }
    }

    /** Looks at so many pages of one guest, from where it was left the last time. */
    void scan(Guest guest, int pages) {
        int budget = Math.min(pages, guest.charge().mappings());
        for (int looked = 0; looked < budget; looked++) {
            int page = guest.nextToShare();
            visit(guest.pages(), page);
        }
    }

    /** Looks at one page of a guest. */
    void visit(GuestPages pages, int page) {
        if (!isActive() || pages.state(page) != GuestPages.PRESENT || pages.isPinned(page)) {
            return;
        }
        int frame = pages.number(page);
        if (frames.isShareable(frame)) {
            return;
        }
        // Before it is known whether the page is like another: that must not make a difference.
        if (policy.constantLatency()) {
            pages.protect(page);
        }
        if (policy.sharing() == Sharing.ZERO_PAGE && !pool.isZero(frame)) {
            return;
        }
        long key = key(frame, pages.group());
        pages.keep(page, key);
        long found = table.find(key);
        if (SharingTable.isShared(found)) {
            joinShared(pages, page, key, SharingTable.number(found));
            return;
        }
        if (!SharingTable.isHint(found) || !joinHinted(pages, page, key, found)) {
            leaveHint(pages, page, key);
        }
    }

    private void joinShared(GuestPages pages, int page, long key, int shared) {
        if (!frames.isOpen(shared, key, pages.group())) {
            leaveHint(pages, page, key);
            return;
        }
        // If the contents differ the hash is forged or unlucky: this page is not shared.
        if (pool.same(shared, pages.number(page))) {
            pages.join(page, shared);
        }
    }

    private boolean joinHinted(GuestPages pages, int page, long key, long hint) {
        Guest owner = guests.get(SharingTable.guest(hint));
        int candidate = SharingTable.number(hint);
        if (owner == null || !isCandidate(owner.pages(), candidate, key, pages.group())) {
            return false;
        }
        GuestPages hinted = owner.pages();
        int frame = hinted.number(candidate);
        if (frame == pages.number(page)
                || (hinted.isWritten(candidate) && key(frame, hinted.group()) != key)
                || !pool.same(frame, pages.number(page))) {
            return false;
        }
        frames.share(frame, hinted.guest(), key, hinted.group());
        hinted.protect(candidate);
        pages.join(page, frame);
        table.put(key, SharingTable.shared(frame), holds);
        return true;
    }

    private boolean isCandidate(GuestPages pages, int page, long key, int group) {
        return pages.group() == group
                && page < pages.count()
                && pages.state(page) == GuestPages.PRESENT
                && pages.key(page) == key
                && !frames.isShareable(pages.number(page));
    }

    private void leaveHint(GuestPages pages, int page, long key) {
        table.put(key, SharingTable.hint(pages.guest(), page), holds);
    }

    private boolean holds(long key, long value) {
        if (SharingTable.isShared(value)) {
            return frames.hasKey(SharingTable.number(value), key);
        }
        @Nullable Guest owner = guests.get(SharingTable.guest(value));
        return owner != null
                && isCandidate(
                        owner.pages(),
                        SharingTable.number(value),
                        key,
                        owner.pages().group());
    }

    private long key(int frame, int group) {
        long mixed = ((pool.hash(frame, hash) ^ secret) + group * GROUP_STEP) * factor;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
