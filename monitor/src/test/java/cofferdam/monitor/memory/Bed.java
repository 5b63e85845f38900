package cofferdam.monitor.memory;

import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.disk.MemoryFile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A host with guests that need no system: their memory is written page by page. */
final class Bed implements AutoCloseable {

    static final int PAGE = PhysicalMemory.PAGE;

    final ManualTimeline timeline = new ManualTimeline();
    final MemoryFile swap = new MemoryFile();
    final HostMemory host;
    final List<Long> charges = new ArrayList<>();

    /** A host of so many pages. */
    Bed(int pages, Rules rules) {
        this(pages, rules, new ChecksumHash());
    }

    Bed(int pages, Rules rules, PageHash hash) {
        host = new HostMemory(
                (long) pages * PAGE,
                rules.policy(),
                Optional.of(swap),
                timeline,
                new SplittableRandom(1),
                hash);
    }

    GuestMemory guest(String machine, int pages) throws RefusedSetupException {
        return guest(machine, pages, new NoBalloon());
    }

    GuestMemory guest(String machine, int pages, Balloon balloon) throws RefusedSetupException {
        return host.configure(machine, (long) pages * PAGE, charges::add, balloon);
    }

    /** A page with the same byte all over. */
    static byte[] page(int value) {
        byte[] bytes = new byte[PAGE];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** A page like no other. */
    static byte[] noise(long seed) {
        byte[] bytes = new byte[PAGE];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    static void put(GuestMemory memory, int page, byte[] bytes) {
        memory.write((long) page * PAGE, bytes, 0, bytes.length);
    }

    static byte[] get(GuestMemory memory, int page) {
        byte[] bytes = new byte[PAGE];
        memory.read((long) page * PAGE, bytes, 0, PAGE);
        return bytes;
    }

    /** Fills all pages, each like no other. */
    static void fillWithNoise(GuestMemory memory, long seed) {
        for (int page = 0; page < memory.size() / PAGE; page++) {
            put(memory, page, noise(seed + page));
        }
    }

    /** Fills pages from the first on with the same contents. */
    static void fill(GuestMemory memory, int pages, int value) {
        for (int page = 0; page < pages; page++) {
            put(memory, page, page(value));
        }
    }

    /** How long a write of one byte took. */
    long poke(GuestMemory memory, int page) {
        int before = charges.size();
        memory.write((long) page * PAGE + 17, new byte[] {1}, 0, 1);
        return charges.subList(before, charges.size()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        host.close();
    }

    /** A guest without a driver that would give anything. */
    static final class NoBalloon implements Balloon {
        @Override
        public List<Integer> inflate(int pages) {
            return List.of();
        }

        @Override
        public List<Integer> deflate(int pages) {
            return List.of();
        }
    }

    /** Gives the pages from the last one down, and takes them back in the other order. */
    static final class WillingBalloon implements Balloon {
        private final List<Integer> given = new ArrayList<>();
        private int next;

        WillingBalloon(int pages) {
            next = pages;
        }

        @Override
        public List<Integer> inflate(int pages) {
            List<Integer> now = new ArrayList<>();
            while (now.size() < pages && next > 0) {
                now.add(--next);
            }
            given.addAll(now);
            return now;
        }

        @Override
        public List<Integer> deflate(int pages) {
            List<Integer> back = new ArrayList<>();
            while (back.size() < pages && !given.isEmpty()) {
                back.add(given.removeLast());
                next++;
            }
            return back;
        }
    }
}
