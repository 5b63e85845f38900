package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.guest.kernel.GuestKernel.IoPath;

import java.time.Duration;

/** What the kernel does for processes. */
final class SystemCalls {

    private final Tasks tasks;
    private final Paging paging;
    private final Reclaimer reclaimer;
    private final Work work;
    private final IoPath io;

    SystemCalls(Tasks tasks, Paging paging, Reclaimer reclaimer, Work work, IoPath io) {
        this.tasks = tasks;
        this.paging = paging;
        this.reclaimer = reclaimer;
        this.work = work;
        this.io = io;
    }

    /** The process computes for so long. */
    void compute(long cycles) {
        work.spend(cycles);
    }

    byte[] read(Task self, int page, int offset, int count) {
        return paging.read(self, page, offset, count);
    }

    void write(Task self, int page, int offset, byte[] bytes) {
        paging.write(self, page, offset, bytes);
    }

    /** Waits until it is woken. */
    void block(Task self) {
        tasks.block(self);
    }

    /** Waits for so many cycles of time. */
    void sleep(Task self, long cycles) {
        work.spend(Cost.SYSTEM_CALL);
        tasks.sleep(self, Duration.ofNanos(Cost.nanoseconds(cycles)));
    }

    /** Asks the disk; returns for how many cycles to wait. */
    long disk(int bytes, boolean write) {
        work.spend(Cost.SYSTEM_CALL);
        return io.disk(bytes, write);
    }

    boolean send(int bytes) {
        work.spend(Cost.SYSTEM_CALL);
        return io.send(bytes);
    }

    void askForTraffic() {
        work.spend(Cost.SYSTEM_CALL);
        io.askForTraffic();
    }

    /** The process cannot go on. */
    void fault(Task self, String detail) {
        tasks.end(self, ProcessEnd.FAULT, detail);
    }

    /**
     * Makes a process that runs at once, and that has touched so many pages.
     *
     * @return false if there is no room or no memory for it
     */
    boolean fork(Group group, String name, Program program, int pages) {
        work.spend(Cost.FORK);
        if (reclaimer.available() <= pages + Reclaimer.KEPT) {
            return false;
        }
        Task child = tasks.create(name, program);
        if (child == null) {
            return false;
        }
        group.add(child);
        try {
            for (int page = 0; page < pages; page++) {
                paging.resident(child, page);
            }
        } catch (TaskEnded e) {
            return false;
        }
        tasks.wake(child);
        return true;
    }
}
