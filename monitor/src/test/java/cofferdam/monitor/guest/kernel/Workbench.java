package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.guest.kernel.GuestKernel.Hardware;
import cofferdam.monitor.guest.kernel.GuestKernel.IoPath;
import cofferdam.monitor.guest.system.BootFailure;
import cofferdam.monitor.memory.PhysicalMemory;

import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One guest on a plain array of bytes, with a processor of its own and a clock that a test moves. */
final class Workbench implements Timeline {

    static final String NAME = "vm1";

    private static final long QUANTUM = Duration.ofMillis(1).toNanos();

    final byte[] bytes;
    final List<Event> events = new ArrayList<>();
    final List<MachineEnd> ends = new ArrayList<>();
    final Map<String, byte[]> files = new TreeMap<>();
    final Hardware hardware;
    final GuestKernel kernel;
    int wakes;
    long cyclesTaken;
    int sent;
    boolean sendWorks = true;
    long diskCycles = 1_000_000;
    int asked;
    int transferred;
    int fileReads;

    /** What a read or write of memory costs beside. */
    long charge;

    private final PriorityQueue<Pending> queue = new PriorityQueue<>(
            Comparator.comparingLong(Pending::time).thenComparingLong(Pending::order));
    private final long begin = 1_000_000_000_000L;
    private long now = begin;
    private long order;
    private long charged;

    Workbench(int megabytes) {
        this(megabytes, NAME, 1);
    }

    Workbench(int megabytes, String name, long seed) {
        bytes = new byte[megabytes << 20];
        // Whoever had the memory before left something in it.
        Arrays.fill(bytes, (byte) 0x5a);
        for (String path : EssentialFiles.PATHS) {
            byte[] content = new byte[10 * Ram.PAGE];
            new SplittableRandom(path.hashCode()).nextBytes(content);
            files.put(path, content);
        }
        hardware = new Hardware(
                name,
                new Memory(),
                new Files(),
                new Path(),
                this,
                () -> Cost.cycles(now - begin) + charged,
                () -> wakes++);
        kernel = new GuestKernel(hardware, new SplittableRandom(seed), events::add, ends::add);
    }

    static Workbench booted(int megabytes) {
        return new Workbench(megabytes).boot();
    }

    Workbench boot() {
        try {
            kernel.boot();
        } catch (BootFailure e) {
            throw new AssertionError(e);
        }
        return this;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Pending pending = new Pending(now + delay.toNanos(), order++, action);
        queue.add(pending);
        return () -> queue.remove(pending);
    }

    int pending() {
        return queue.size();
    }

    /** Lets time pass; the guest has the processor whenever it wants it. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (now < end) {
            runDue();
            if (kernel.runnable()) {
                long before = charged;
                long took = kernel.run(Cost.cycles(Math.min(QUANTUM, end - now)));
                cyclesTaken += took;
                long wanted = now + Cost.nanoseconds(took + charged - before);
                charged = before;
                now = Math.max(now + 1, wanted);
                continue;
            }
            Pending next = queue.peek();
            now = next == null ? end : Math.min(end, Math.max(now, next.time()));
        }
        runDue();
    }

    /** Lets time pass while others have the processor. */
    void passWithoutProcessor(Duration duration) {
        long end = now + duration.toNanos();
        Pending next = queue.peek();
        while (next != null && next.time() <= end) {
            now = Math.max(now, next.time());
            runDue();
            next = queue.peek();
        }
        now = end;
    }

    void seconds(int seconds) {
        pass(Duration.ofSeconds(seconds).plusMillis(100));
    }

    private void runDue() {
        Pending next = queue.peek();
        while (next != null && next.time() <= now) {
            queue.remove(next);
            next.action().run();
            next = queue.peek();
        }
    }

    <E extends Event> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Somebody overwrites memory. */
    void overwrite(long address, int count, int value) {
        Arrays.fill(bytes, (int) address, (int) address + count, (byte) value);
    }

    Layout layout() {
        return Layout.of(bytes.length / Ram.PAGE);
    }

    byte[] page(int number) {
        return Arrays.copyOfRange(bytes, number * Ram.PAGE, (number + 1) * Ram.PAGE);
    }

    private final class Memory implements PhysicalMemory {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long address, byte[] into, int offset, int count) {
            charged += charge;
            System.arraycopy(bytes, Math.toIntExact(address), into, offset, count);
        }

        @Override
        public void write(long address, byte[] from, int offset, int count) {
            charged += charge;
            System.arraycopy(from, offset, bytes, Math.toIntExact(address), count);
        }
    }

    private final class Files implements RootFiles {

        @Override
        public byte[] read(String path, long offset, int count) throws NoSuchFileException {
            fileReads++;
            byte[] content = files.get(path);
            if (content == null) {
                throw new NoSuchFileException(path);
            }
            int from = (int) Math.min(offset, content.length);
            return Arrays.copyOfRange(content, from, Math.min(content.length, from + count));
        }

        @Override
        public void delete(String path) throws NoSuchFileException {
            if (files.remove(path) == null) {
                throw new NoSuchFileException(path);
            }
        }
    }

    private final class Path implements IoPath {

        @Override
        public boolean send(int bytes) {
            sent++;
            return sendWorks;
        }

        @Override
        public void askForTraffic() {
            asked++;
        }

        @Override
        public long disk(int bytes, boolean write) {
            transferred++;
            return diskCycles;
        }
    }

    private record Pending(long time, long order, Runnable action) {}
}
