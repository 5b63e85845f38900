package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.CollectionPage;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.guest.kernel.KeptPages.Gate;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Programs that are there only for what they have in memory. */
final class UserPrograms {

    private static final int SECRET = 32;
    private static final Pattern SECRET_FORM = Pattern.compile("[0-9a-f]{32}");

    private final Kernel kernel;
    private final String machine;
    private final LongSupplier counter;
    private final Gate gate;
    private @Nullable Task keeper;
    private @Nullable Task collector;
    private int secretPages;

    UserPrograms(Kernel kernel, String machine, LongSupplier counter, Gate gate) {
        this.kernel = kernel;
        this.machine = machine;
        this.counter = counter;
        this.gate = gate;
    }

    KeptPages reserve(int count) throws IOException {
        Task task = program("program", count);
        try {
            for (int page = 0; page < count; page++) {
                kernel.paging().resident(task, page);
            }
        } catch (TaskEnded e) {
            throw new IOException(e.getMessage(), e);
        }
        return new KeptPages(task, count, kernel.paging(), kernel.ram(), counter, gate);
    }

    void remember(Canary secret, int pages) throws IOException {
        if (has(keeper)) {
            return;
        }
        Task task = program("memory", pages);
        keeper = task;
        secretPages = pages;
        long seed = kernel.random().nextLong();
        byte[] text = secret.value().getBytes(StandardCharsets.US_ASCII);
        for (int page = 0; page < pages; page++) {
            byte[] content = new byte[Ram.PAGE];
            new SplittableRandom(seed + page).nextBytes(content);
            System.arraycopy(text, 0, content, 0, SECRET);
            kernel.paging().write(task, page, 0, content);
        }
    }

    String recall() {
        Task task = keeper;
        if (task == null || !task.alive()) {
            return "";
        }
        String found = "";
        for (int page = 0; page < secretPages; page++) {
            byte[] bytes = kernel.paging().read(task, page, 0, SECRET);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!SECRET_FORM.matcher(text).matches() || (page > 0 && !text.equals(found))) {
                return "";
            }
            found = text;
        }
        return found;
    }

    List<Integer> secretFrames() {
        Task task = keeper;
        if (task == null || !task.alive()) {
            return List.of();
        }
        List<Integer> pages = new ArrayList<>();
        for (int page = 0; page < secretPages; page++) {
            int place = kernel.paging().whereIs(task, page);
            if (place != FrameTable.NONE) {
                pages.add(place);
            }
        }
        return List.copyOf(pages);
    }

    void forget() {
        end(keeper);
        keeper = null;
    }

    void hold(BitSet held) throws IOException {
        end(collector);
        collector = null;
        if (held.isEmpty()) {
            return;
        }
        Task task = program("collection", held.cardinality());
        collector = task;
        int place = 0;
        for (int number = held.nextSetBit(0); number >= 0; number = held.nextSetBit(number + 1)) {
            kernel.paging().write(task, place, 0, CollectionPage.content(number));
            place++;
        }
    }

    /** A program for so many pages, if there is memory for them without ending another. */
    private Task program(String name, int pages) throws IOException {
        if (pages < 1 || pages > PageTables.MAXIMUM_PAGES) {
            throw new IOException("%s: a program can have 1 to %d pages, not %d"
                    .formatted(machine, PageTables.MAXIMUM_PAGES, pages));
        }
        int available = kernel.reclaimer().available() - Reclaimer.KEPT;
        if (pages > available) {
            throw new IOException("%s has no memory for %d pages, only for %d"
                    .formatted(machine, pages, Math.max(0, available)));
        }
        Task task = kernel.tasks().create(name, Program.IDLE);
        if (task == null) {
            throw new IOException("%s has no room for another process".formatted(machine));
        }
        return task;
    }

    private void end(@Nullable Task task) {
        if (task != null) {
            kernel.tasks().end(task);
        }
    }

    private static boolean has(@Nullable Task task) {
        return task != null && task.alive();
    }
}
