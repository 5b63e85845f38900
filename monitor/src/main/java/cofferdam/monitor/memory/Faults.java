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
        int before = pages.pin(page);
        try {
            while (pages.state(page) != GuestPages.PRESENT) {
                fetchOnce(page);
                reclaimer.enforceLimits();
            }
        } finally {
            pages.pin(before);
        }
    }

    private void fetchOnce(int page) {
        reclaimer.makeRoom(guest, page);
        // To make room, the guest may have been given time to change the page itself.
        switch (pages.state(page)) {
            case GuestPages.SWAPPED -> swapIn(page);
            case GuestPages.ABSENT, GuestPages.BALLOONED -> {
                pages.map(page, pool.take());
                meter.charge(latency.firstTouch());
            }
            default -> {}
        }
    }

    private void swapIn(int page) {
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
        int before = pages.pin(page);
        try {
            fetch(page);
            while (!pages.isWritable(page)) {
                breakShare(page);
                reclaimer.enforceLimits();
                fetch(page);
            }
        } finally {
            pages.pin(before);
        }
    }

    private void breakShare(int page) {
        boolean room = hasRoomToCopy(page);
        meter.charge(latency.protectedWrite());
        // To make room, the page itself may have been given up.
        if (pages.state(page) != GuestPages.PRESENT || pages.isWritable(page)) {
            return;
        }
        if (room) {
            pages.moveTo(page, pool.takeToOverwrite());
        } else {
            pages.makePrivate(page);
        }
    }

    // Whoever times the write must not learn from it whether the frame was shared: where that
    // matters a
    // page that is alone in its frame gets another one, too, while there is one.
    private boolean hasRoomToCopy(int page) {
        if (isAlone(page) && !constantLatency) {
            return false;
        }
        try {
            reclaimer.makeRoom(guest, page);
            return true;
        } catch (OutOfHostMemoryException none) {
            if (pages.state(page) == GuestPages.PRESENT && !isAlone(page)) {
                throw none;
            }
            return false;
        }
    }

    private boolean isAlone(int page) {
        return frames.references(pages.number(page)) == 1;
    }
}
