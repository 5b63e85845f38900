package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Programs.Stressor;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Programs that use up one resource each. */
final class Stressors {

    private static final int BUSY = 4;
    private static final int DISK_USERS = 10;
    private static final int STACK_PAGES = 2;

    private static final int TRANSFER = 64 << 10;
    private static final long SHORTEST_WAIT = 100 * Cost.PER_MICROSECOND;

    private static final int DATAGRAM = 1400;
    private static final int BURST = 4;
    private static final long DATAGRAM_WORK = 10_000;
    private static final long BETWEEN_BURSTS = 1_000 * Cost.PER_MICROSECOND;
    private static final long BETWEEN_REQUESTS = 250 * Cost.PER_MICROSECOND;

    private final SystemCalls calls;
    private final RandomGenerator random;
    private final int machinePages;

    Stressors(SystemCalls calls, RandomGenerator random, int machinePages) {
        this.calls = calls;
        this.random = random;
        this.machinePages = machinePages;
    }

    /** The name of its processes. */
    static String name(Stressor stressor) {
        return switch (stressor) {
            case MEMORY -> "leak";
            case PROCESSOR -> "busy";
            case FORK -> "fork";
            case DISK -> "disk-user";
            case NETWORK_SEND -> "sender";
            case NETWORK_RECEIVE -> "receiver";
        };
    }

    /** What each of its first processes does. */
    List<Program> programs(Stressor stressor, Group group) {
        return switch (stressor) {
            case MEMORY -> List.of(new LeakProgram(calls, random.nextLong(), machinePages));
            case PROCESSOR -> Collections.nCopies(BUSY, this::spin);
            case FORK -> List.of(forking(group));
            case DISK -> Stream.generate(this::transferring).limit(DISK_USERS).toList();
            case NETWORK_SEND -> List.of(this::send);
            case NETWORK_RECEIVE -> List.of(this::receive);
        };
    }

    private void spin(Task self, long cycles) {
        calls.compute(Math.max(1, cycles));
    }

    /** Makes another of its kind again and again, until there is no room for one; then it computes. */
    private Program forking(Group group) {
        return new Program() {
            private boolean full;

            @Override
            public void step(Task self, long cycles) {
                if (full) {
                    spin(self, cycles);
                    return;
                }
                full = !calls.fork(group, self.name(), forking(group), STACK_PAGES);
            }
        };
    }

    /** Reads and writes in turn. */
    private Program transferring() {
        return new Program() {
            private boolean write;

            @Override
            public void step(Task self, long cycles) {
                write = !write;
                calls.sleep(self, Math.max(SHORTEST_WAIT, calls.disk(TRANSFER, write)));
            }
        };
    }

    private void send(Task self, long cycles) {
        for (int sent = 0; sent < BURST; sent++) {
            calls.compute(DATAGRAM_WORK);
            if (!calls.send(DATAGRAM)) {
                break;
            }
        }
        calls.sleep(self, BETWEEN_BURSTS);
    }

    private void receive(Task self, long cycles) {
        calls.askForTraffic();
        calls.sleep(self, BETWEEN_REQUESTS);
    }
}
