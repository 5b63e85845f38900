package cofferdam.monitor.guest.kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** A process that answers requests: it computes, reads its memory, a library, and the disk. */
final class PageService implements Program {

    static final String NAME = "pages";

    /** The most requests that wait. */
    static final int MAXIMUM_WAITING = 64;

    private static final int WORKING_SET = 256;
    private static final int PART = 16;
    private static final int READS = 16;
    private static final int STRIDE = 7;
    private static final long WORK = 200_000;

    private final SystemCalls calls;
    private final Libraries libraries;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final long seed;
    private final int pages;
    private @Nullable Request current;
    private long toCompute;

    /** The service of a machine with so many pages of memory. */
    PageService(SystemCalls calls, Libraries libraries, long seed, int machinePages) {
        this.calls = calls;
        this.libraries = libraries;
        this.seed = seed;
        this.pages = Math.min(WORKING_SET, machinePages / PART);
    }

    private record Request(int number, Runnable answered) {}

    /** Fills its working set. */
    void begin(Task self) {
        for (int page = 0; page < pages; page++) {
            byte[] content = new byte[Ram.PAGE];
            new SplittableRandom(seed + page).nextBytes(content);
            Ram.doubleWord(content, 0, seed + page);
            calls.write(self, page, 0, content);
        }
    }

    /** Another request; false if too many wait. */
    boolean accept(int number, Runnable answered) {
        return waiting.size() < MAXIMUM_WAITING && waiting.add(new Request(number, answered));
    }

    @Override
    public void step(Task self, long cycles) {
        Request request = current;
        if (request == null) {
            take(self);
            return;
        }
        if (toCompute > 0) {
            compute(self, request, cycles);
            return;
        }
        current = null;
        calls.compute(Cost.SYSTEM_CALL);
        request.answered().run();
    }

    private void take(Task self) {
        current = waiting.poll();
        toCompute = WORK;
        calls.compute(Cost.SYSTEM_CALL);
        if (current == null) {
            calls.block(self);
        }
    }

    private void compute(Task self, Request request, long cycles) {
        long now = Math.min(toCompute, Math.max(1, cycles));
        toCompute -= now;
        calls.compute(now);
        if (toCompute == 0) {
            lookUp(self, request);
        }
    }

    private void lookUp(Task self, Request request) {
        for (int read = 0; read < READS; read++) {
            int page = Math.floorMod(request.number() * READS + read * STRIDE, pages);
            if (Ram.doubleWord(calls.read(self, page, 0, Long.BYTES), 0) != seed + page) {
                calls.fault(self, "page %d of its memory is damaged".formatted(page));
                return;
            }
        }
        long library = libraries.execute(self, Math.floorMod(request.number(), Integer.MAX_VALUE));
        long disk = calls.disk(Ram.PAGE, false);
        if (self.alive() && library + disk > 0) {
            calls.sleep(self, library + disk);
        }
    }
}
