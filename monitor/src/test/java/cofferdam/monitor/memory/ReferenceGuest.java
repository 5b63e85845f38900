package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A guest beside a plain model of its memory: what was written is what is read. A page without
 * contents may hold anything at its first access, or zeros if the policy clears it.
 */
final class ReferenceGuest implements Balloon {

    private static final int PAGE = PhysicalMemory.PAGE;
    private static final int PATTERNS = 5;

    private final boolean cleared;
    private final RandomGenerator random;
    private final byte[] @Nullable [] model;
    private @Nullable GuestMemory memory;
    private long cycles;
    private final boolean[] unknown;
    private int kept = -1;

    ReferenceGuest(int pages, boolean cleared, RandomGenerator random) {
        this.cleared = cleared;
        this.random = random;
        model = new byte[pages] @Nullable [];
        unknown = new boolean[pages];
    }

    void over(GuestMemory given) {
        memory = given;
    }

    GuestMemory memory() {
        GuestMemory known = memory;
        if (known == null) {
            throw new IllegalStateException("no memory");
        }
        return known;
    }

    void charge(long more) {
        assertThat(more).isPositive();
        cycles += more;
    }

    long cycles() {
        return cycles;
    }

    /** Fills a page with one of a few patterns, the first of which is zeros. */
    void fill() {
        int page = random.nextInt(model.length);
        byte[] bytes = new byte[PAGE];
        int pattern = random.nextInt(PATTERNS);
        for (int i = 0; i < PAGE; i++) {
            bytes[i] = (byte) (pattern * (1 + i % 7));
        }
        memory().write((long) page * PAGE, bytes, 0, PAGE);
        model[page] = bytes;
    }

    /** Writes some bytes of a page. */
    void write() {
        int page = random.nextInt(model.length);
        int within = random.nextInt(PAGE);
        byte[] bytes = new byte[random.nextInt(Math.min(64, PAGE - within) + 1)];
        random.nextBytes(bytes);
        memory().write((long) page * PAGE + within, bytes, 0, bytes.length);
        if (bytes.length == 0) {
            return;
        }
        byte[] known = model[page];
        if (known == null) {
            byte[] found = read(page);
            assertThat(Arrays.copyOfRange(found, within, within + bytes.length)).isEqualTo(bytes);
            byte[] rest = found.clone();
            Arrays.fill(rest, within, within + bytes.length, (byte) 0);
            requireCleared(page, rest);
            known = found;
        }
        System.arraycopy(bytes, 0, known, within, bytes.length);
        model[page] = known;
    }

    /** Reads a page and holds it against the model. */
    void check() {
        check(random.nextInt(model.length));
    }

    private void check(int page) {
        byte[] found = read(page);
        byte[] known = model[page];
        if (known == null) {
            requireCleared(page, found);
            model[page] = found;
            return;
        }
        assertThat(Arrays.equals(found, known)).as("page %d", page).isTrue();
    }

    /** Writes and reads across two pages, which the balloon leaves alone meanwhile. */
    void cross() {
        int page = random.nextInt(model.length - 1);
        check(page);
        kept = page;
        check(page + 1);
        check(page);
        byte[] bytes = new byte[100];
        random.nextBytes(bytes);
        long address = (page + 1L) * PAGE - 37;
        memory().write(address, bytes, 0, bytes.length);
        byte[] found = new byte[bytes.length];
        memory().read(address, found, 0, found.length);
        kept = -1;
        assertThat(found).isEqualTo(bytes);
        adopt(page, bytes, 0, PAGE - 37, 37);
        adopt(page + 1, bytes, 37, 0, 63);
    }

    private void adopt(int page, byte[] bytes, int from, int within, int count) {
        byte[] known = model[page];
        if (known != null) {
            System.arraycopy(bytes, from, known, within, count);
        }
    }

    /** Reads all that the model knows and holds it against the model. */
    void checkAll() {
        for (int page = 0; page < model.length; page++) {
            if (model[page] != null) {
                check(page);
            }
        }
    }

    private byte[] read(int page) {
        byte[] found = new byte[PAGE];
        memory().read((long) page * PAGE, found, 0, PAGE);
        return found;
    }

    private void requireCleared(int page, byte[] bytes) {
        if (cleared && !unknown[page]) {
            assertThat(bytes).as("a page without contents").containsOnly(0);
        }
        unknown[page] = false;
    }

    /** What was being done was broken off, so that nothing is known of two pages. */
    void broken() {
        if (kept >= 0) {
            forget(kept);
            forget(kept + 1);
        }
        kept = -1;
    }

    private void forget(int page) {
        model[page] = null;
        unknown[page] = true;
    }

    @Override
    public List<Integer> inflate(int pages) {
        List<Integer> given = new ArrayList<>();
        for (int i = random.nextInt(pages + 1); i > 0; i--) {
            int page = random.nextInt(-2, model.length + 2);
            if (kept < 0 || (page != kept && page != kept + 1)) {
                given.add(page);
            }
        }
        given.stream()
                .filter(page -> page >= 0 && page < model.length)
                .forEach(page -> model[page] = null);
        return given;
    }

    @Override
    public List<Integer> deflate(int pages) {
        List<Integer> back = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            back.add(random.nextInt(-2, model.length + 2));
        }
        return back;
    }
}
