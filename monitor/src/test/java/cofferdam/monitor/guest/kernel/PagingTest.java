package cofferdam.monitor.guest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.guest.kernel.FrameTable.Use;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Holds the memory of processes against plain maps, whatever is swapped, dropped or ballooned. */
class PagingTest {

    private static final int ROUNDS = 8;
    private static final int STEPS = 6_000;
    private static final int PAGES = 3_000;

    @Test
    void keepsEveryPageOfEveryProcessAsItWasWritten() throws Exception {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            try {
                new Model(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed %d".formatted(seed), e);
            }
        }
    }

    @Test
    void swapsInBothKindsOfPages() {
        SwapDevice swap = new SwapDevice(8);
        byte[] filled = Ram.filled(0x0102_0304_0506_0708L);
        byte[] other = filled.clone();
        other[4095] = 0;

        int first = swap.write(filled);
        int second = swap.write(other);
        assertThat(swap.write(new byte[Ram.PAGE])).isEqualTo(2);
        assertThat(swap.write(other)).isEqualTo(3);
        assertThat(swap.write(other)).isEqualTo(SwapDevice.NONE);

        assertThat(swap.take(second)).isEqualTo(other);
        assertThat(swap.take(first)).isEqualTo(filled);
        assertThat(swap.taken()).isEqualTo(2);
    }

    private static final class Model {
        private final SplittableRandom random;
        private final Workbench bench = new Workbench(4);
        private final Kernel kernel;
        private final Map<Task, Map<Integer, byte[]>> expected = new HashMap<>();
        private final List<Task> tasks = new ArrayList<>();
        private final Deque<Integer> balloon = new ArrayDeque<>();
        private int pages;

        Model(long seed) throws Exception {
            random = new SplittableRandom(seed);
            Log log = new Log(Workbench.NAME, bench, bench.events::add);
            kernel = new Kernel(bench.hardware, random, log);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            check();
        }

        private void step() {
            if (tasks.isEmpty() || (tasks.size() < 20 && random.nextInt(200) == 0)) {
                Task task = kernel.tasks().create("model", Program.IDLE);
                assertThat(task).isNotNull();
                tasks.add(task);
                expected.put(task, new HashMap<>());
            }
            Task task = tasks.get(random.nextInt(tasks.size()));
            int page = random.nextInt(400) * (random.nextInt(10) == 0 ? 997 : 1);
            switch (random.nextInt(40)) {
                case 0 -> inflate();
                case 1 -> kernel.balloon().deflate(release(random.nextInt(20)));
                case 2 -> check();
                case 3 -> end(task);
                default -> access(task, page);
            }
        }

        private void access(Task task, int page) {
            Map<Integer, byte[]> memory = expected.get(task);
            if (!memory.containsKey(page) && pages * 10 > room() * 8) {
                return;
            }
            byte[] before = memory.getOrDefault(page, new byte[Ram.PAGE]);
            if (!memory.containsKey(page)) {
                pages++;
            }
            if (random.nextBoolean()) {
                assertThat(kernel.paging().read(task, page, 0, Ram.PAGE)).isEqualTo(before);
                memory.put(page, before);
                return;
            }
            byte[] content = Ram.filled(random.nextLong());
            if (random.nextBoolean()) {
                random.nextBytes(content);
            }
            int offset = random.nextBoolean() ? 0 : random.nextInt(Ram.PAGE - 64);
            int count = offset == 0 ? Ram.PAGE : 64;
            byte[] part = new byte[count];
            System.arraycopy(content, 0, part, 0, count);
            kernel.paging().write(task, page, offset, part);
            byte[] after = before.clone();
            System.arraycopy(part, 0, after, offset, count);
            memory.put(page, after);
        }

        /** How many pages of processes there is room for, page tables not counted. */
        private int room() {
            return Math.min(PAGES, kernel.reclaimer().available() + pages) - 40 * tasks.size();
        }

        private void inflate() {
            if (balloon.size() > 80) {
                return;
            }
            for (int page : kernel.balloon().inflate(random.nextInt(20))) {
                balloon.addLast(page);
                // The monitor has the page now, and whoever else it gave it to.
                bench.overwrite(Ram.address(page), Ram.PAGE, random.nextInt());
            }
        }

        private int release(int count) {
            int less = Math.min(count, balloon.size());
            for (int given = 0; given < less; given++) {
                balloon.removeLast();
            }
            return less;
        }

        private void end(Task task) {
            if (random.nextInt(4) == 0) {
                kernel.tasks().end(task);
                tasks.remove(task);
                pages -= expected.remove(task).size();
            }
        }

        private void check() {
            kernel.tasks().check();
            assertThat(kernel.balloon().size()).isEqualTo(balloon.size());
            Set<Integer> seen = new HashSet<>(balloon);
            assertThat(seen).hasSize(balloon.size());
            int swapped = 0;
            for (Task task : tasks) {
                assertThat(task.alive()).isTrue();
                assertThat(task.pages()).isEqualTo(expected.get(task).size());
                for (int page : expected.get(task).keySet()) {
                    int place = kernel.paging().whereIs(task, page);
                    if (place == FrameTable.NONE) {
                        swapped++;
                        continue;
                    }
                    assertThat(seen.add(place))
                            .as("page %d has one owner", place)
                            .isTrue();
                    assertThat(kernel.frames().use(place)).isEqualTo(Use.PROCESS);
                    assertThat(kernel.frames().owner(place)).isEqualTo(task.slot());
                }
            }
            int free = 0;
            for (int page = 0; page < kernel.layout().pages(); page++) {
                free += kernel.frames().use(page) == Use.FREE ? 1 : 0;
            }
            assertThat(kernel.frames().free()).isEqualTo(free);
            assertThat(kernel.swap().taken()).isGreaterThanOrEqualTo(swapped);
        }
    }
}
