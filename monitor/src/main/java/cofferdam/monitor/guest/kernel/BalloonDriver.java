package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.guest.kernel.FrameTable.Use;

import java.util.ArrayList;
import java.util.List;

/** Takes pages from the system for the monitor, and gives them back. */
final class BalloonDriver {

    private static final int RESERVE_PART = 64;

    private final FrameTable frames;
    private final Reclaimer reclaimer;
    private final int reserve;
    private final List<Integer> held = new ArrayList<>();

    /** The driver in a machine with so many pages. */
    BalloonDriver(FrameTable frames, Reclaimer reclaimer, int pages) {
        this.frames = frames;
        this.reclaimer = reclaimer;
        this.reserve = Math.max(Reclaimer.KEPT, pages / RESERVE_PART);
    }

    int size() {
        return held.size();
    }

    List<Integer> inflate(int pages) {
        List<Integer> taken = new ArrayList<>();
        while (taken.size() < pages && isOneToSpare()) {
            taken.add(frames.take(Use.BALLOON, 0, held.size() + taken.size()));
        }
        held.addAll(taken);
        return List.copyOf(taken);
    }

    List<Integer> deflate(int pages) {
        int kept = held.size() - Math.clamp(pages, 0, held.size());
        List<Integer> given = List.copyOf(held.subList(kept, held.size()));
        held.subList(kept, held.size()).clear();
        given.forEach(frames::release);
        return given;
    }

    private boolean isOneToSpare() {
        while (frames.free() <= reserve) {
            if (!reclaimer.reclaim()) {
                return false;
            }
        }
        return true;
    }
}
