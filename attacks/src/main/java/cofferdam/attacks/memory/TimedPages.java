package cofferdam.attacks.memory;

import cofferdam.monitor.ProgramMemory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Pages of a program that others may have too, and some beside them that nobody else can have. A write
 * to a page that is shared takes longer, because the page is copied first (Suzaki and others, 2011).
 */
final class TimedPages {

    /** How many pages of random content there are to compare with. */
    static final int UNIQUE = 64;

    /** How many times as long a write to a shared page takes at least, as one to a page of its own. */
    private static final int RATIO = 4;

    private final ProgramMemory.Pages pages;
    private final int count;

    private TimedPages(ProgramMemory.Pages pages, int count) {
        this.pages = pages;
        this.count = count;
    }

    /** What writes took, in cycles: to each page, and in the middle to those that nobody else can have. */
    record Measurement(List<Long> cycles, long usual) {
        Measurement {
            cycles = List.copyOf(cycles);
        }

        /** Whether a write to the page took so long that somebody else must have it too. */
        boolean shared(int page) {
            return cycles.get(page) > RATIO * usual;
        }
    }

    /**
     * Fills so many pages.
     *
     * @throws IOException if the machine has no memory for them, or is down
     */
    static TimedPages fill(
            ProgramMemory memory, int count, IntFunction<byte[]> content, RandomGenerator random)
            throws IOException {
        ProgramMemory.Pages pages = memory.reserve(count + UNIQUE);
        try {
            for (int page = 0; page < count; page++) {
                pages.fill(page, content.apply(page));
            }
            for (int page = count; page < count + UNIQUE; page++) {
                pages.fill(page, random(random));
            }
        } catch (IOException e) {
            pages.release();
            throw e;
        }
        return new TimedPages(pages, count);
    }

    /** A page that nobody else can have. */
    static byte[] random(RandomGenerator random) {
        byte[] content = new byte[ProgramMemory.PAGE];
        random.nextBytes(content);
        return content;
    }

    /**
     * Writes once to each page.
     *
     * @throws IOException if the program is no more
     */
    Measurement measure() throws IOException {
        List<Long> cycles = new ArrayList<>();
        List<Long> unique = new ArrayList<>();
        for (int page = 0; page < count; page++) {
            cycles.add(time(page));
        }
        for (int page = count; page < count + UNIQUE; page++) {
            unique.add(time(page));
        }
        return new Measurement(
                cycles, unique.stream().sorted().skip(UNIQUE / 2).findFirst().orElseThrow());
    }

    private long time(int page) throws IOException {
        return pages.timedWrite(page, page % ProgramMemory.PAGE, (byte) page);
    }

    /** The program ends. */
    void release() {
        pages.release();
    }
}
