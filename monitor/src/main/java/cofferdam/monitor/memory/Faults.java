package cofferdam.monitor.memory;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What the monitor does when a guest reaches for a page that is not simply there. */
final class Faults {

    private final Guest guest;
    private final GuestPages pages;
    private final FramePool pool;
    private final FrameTable frames;
    private final Reclaimer reclaimer;
    private final @Nullable SwapFile swap;
    private final boolean constantLatency;
    private final Latency latency;
    private final CycleMeter meter;

    Faults(Guest guest, HostParts host, Latency latency, CycleMeter meter) {
        this.guest = guest;
        this.pages = guest.pages();
        this.pool = host.pool();
        this.frames = host.frames();
        this.reclaimer = host.reclaimer();
        this.swap = host.swap();
        this.constantLatency = host.policy().constantLatency();
        this.latency = latency;
        this.meter = meter;
    }

    /**
     * Sees to it that a page has a frame.
     *
     * @throws OutOfHostMemoryException if there is none
     * @throws UncheckedIOException if the swap file fails
     */
    void fetch(int page) {
        while (pages.state(page) != GuestPages.PRESENT) {
            if (pages.state(page) == GuestPages.SWAPPED) {
                swapIn(page);
                continue;
            }
            reclaimer.makeRoom(guest, 0);
            pages.map(page, pool.take());
            meter.charge(latency.firstTouch());
        }
    }

    private void swapIn(int page) {
        reclaimer.makeRoom(guest, 0);
        int frame = pool.takeToOverwrite();
        try {
            pages.swapIn(page, frame, swapFile(), guest.seal());
        } catch (IOException failed) {
            pool.give(frame);
            throw new UncheckedIOException(
                    "page %d of %s cannot be swapped in".formatted(page, guest.machine()), failed);
        }
        meter.charge(latency.swapIn());
    }

    private SwapFile swapFile() {
        if (swap == null) {
            throw new IllegalStateException("a page is swapped without a swap file");
        }
        return swap;
    }

    /**
     * Sees to it that a page has a frame that the guest may write.
     *
     * @throws OutOfHostMemoryException if there is none
     * @throws UncheckedIOException if the swap file fails
     */
    void makeWritable(int page) {
        fetch(page);
        while (pages.isProtected(page)) {
            breakShare(page);
            fetch(page);
        }
    }

    private void breakShare(int page) {
        int references = frames.references(pages.number(page));
        if (references > 1) {
            reclaimer.makeRoom(guest, references);
            copy(page);
        } else if (!constantLatency || !hasRoomToCopy(page)) {
            pages.makePrivate(page);
        } else {
            copy(page);
        }
        meter.charge(latency.protectedWrite());
        reclaimer.enforceLimits();
    }

    // Whoever waits for the write must not learn from it whether the frame was shared: a private page
    // gets another frame, too, while there is one.
    private boolean hasRoomToCopy(int page) {
        try {
            reclaimer.makeRoom(guest, 1);
            return true;
        } catch (OutOfHostMemoryException none) {
            return false;
        }
    }

    private void copy(int page) {
        // To make room, the page itself may have been swapped out or given up.
        if (pages.state(page) == GuestPages.PRESENT && pages.isProtected(page)) {
            pages.moveTo(page, pool.takeToOverwrite());
        }
    }
}
