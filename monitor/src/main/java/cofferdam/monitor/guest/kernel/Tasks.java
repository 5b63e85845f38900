package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.ProcessEnd;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The processes: who is there, who is ready to run, who waits. What it says lies in memory. */
final class Tasks {

    /** The process that everything else comes from. */
    static final int INIT = 1;

    private final ProcessTable table;
    private final RunQueue queue;
    private final Timeline timeline;
    private final Outcome outcome;
    private final Runnable wake;
    private final @Nullable Task[] slots = new Task[ProcessTable.ENTRIES];
    private final Deque<Task> woken = new ArrayDeque<>();
    private int ready;
    private int pids;

    Tasks(ProcessTable table, RunQueue queue, Timeline timeline, Outcome outcome, Runnable wake) {
        this.table = table;
        this.queue = queue;
        this.timeline = timeline;
        this.outcome = outcome;
        this.wake = wake;
    }

    /** What becomes of a process's memory, and who is told of its end. */
    interface Outcome {

        /** A page for a process's directory, cleared, or {@link FrameTable#NONE}. */
        int directory(int slot);

        void released(Task task);

        void ended(Task task, ProcessEnd end, String detail);
    }

    /** Makes a process, which waits; null if there is no room or no memory for it. */
    @Nullable
    Task create(String name, Program program) {
        int slot = freeSlot();
        if (slot == ProcessTable.ENTRIES) {
            return null;
        }
        int directory = outcome.directory(slot);
        if (directory == FrameTable.NONE) {
            return null;
        }
        pids++;
        Task task = new Task(slot, pids, name, program);
        table.enter(task, pids == INIT ? 0 : INIT, directory);
        slots[slot] = task;
        return task;
    }

    /** The process at a place of the table. */
    @Nullable
    Task at(int slot) {
        return slot >= 0 && slot < slots.length ? slots[slot] : null;
    }

    boolean anyReady() {
        return ready > 0 || !woken.isEmpty();
    }

    /** Something has come for a process; the kernel sees to it when it has the processor. */
    void interrupt(Task task) {
        if (task.alive()) {
            woken.add(task);
            wake.run();
        }
    }

    /** Sees to all that has come. */
    void acceptInterrupts() {
        for (Task task = woken.poll(); task != null; task = woken.poll()) {
            wake(task);
        }
    }

    /** Takes the next process that wants to run, by what the memory says. */
    @Nullable
    Task next() {
        int slot = queue.take();
        if (slot < 0) {
            if (ready > 0) {
                throw RunQueue.damaged();
            }
            return null;
        }
        Task task = slots[slot];
        if (task == null || !task.ready() || !table.describes(task)) {
            throw KernelStop.panic("the process table is damaged at entry %d".formatted(slot));
        }
        return task;
    }

    /** A process that had its turn goes to the end of the queue, if it wants to run on. */
    void requeue(Task task) {
        if (task.ready()) {
            queue.add(task.slot());
        }
    }

    /** A process has something to do. Who waits for a time looks for it when that has come. */
    void wake(Task task) {
        if (!task.alive() || task.ready() || task.isAsleep()) {
            return;
        }
        task.ready(true);
        ready++;
        table.state(task, ProcessTable.State.READY);
        queue.add(task.slot());
    }

    /** The process that has the processor waits until it is woken. */
    void block(Task task) {
        if (task.ready()) {
            task.ready(false);
            ready--;
            table.state(task, ProcessTable.State.WAITING);
        }
    }

    /** The process that has the processor waits so long. */
    void sleep(Task task, Duration span) {
        block(task);
        task.alarm(timeline.after(span, () -> {
            task.silence();
            interrupt(task);
        }));
    }

    /** Ends a process; nobody is told. */
    void end(Task task) {
        if (!task.alive()) {
            return;
        }
        if (task.ready()) {
            queue.remove(task.slot());
            ready--;
        }
        outcome.released(task);
        task.end();
        table.leave(task);
        slots[task.slot()] = null;
    }

    /** Ends a process, and tells it. Without the first one the kernel cannot go on. */
    void end(Task task, ProcessEnd end, String detail) {
        if (!task.alive()) {
            return;
        }
        outcome.ended(task, end, detail);
        end(task);
        if (task.pid() == INIT) {
            throw KernelStop.panic("attempted to kill init: " + detail);
        }
    }

    /** There is no memory left: the process that has most of it ends, as in Linux. */
    void endLargest() {
        Task largest = null;
        for (Task task : all()) {
            if (task.pid() != INIT && (largest == null || task.pages() > largest.pages())) {
                largest = task;
            }
        }
        if (largest == null) {
            throw KernelStop.panic("out of memory, and no process to end");
        }
        end(
                largest,
                ProcessEnd.OUT_OF_MEMORY,
                "out of memory: it had %d pages".formatted(largest.pages()));
    }

    /** Stops every clock; nothing is written any more. */
    void halt() {
        woken.clear();
        for (Task task : all()) {
            task.silence();
        }
    }

    /** Looks through the table and the queue in memory. */
    void check() {
        byte[] copy = table.copy();
        if (ProcessTable.hasEnded(copy, 0)) {
            throw KernelStop.panic("attempted to kill init: it is no more in the process table");
        }
        for (int slot = 0; slot < slots.length; slot++) {
            Task task = slots[slot];
            boolean right = task == null
                    ? ProcessTable.isFree(copy, slot)
                    : ProcessTable.describes(copy, task);
            if (!right) {
                throw KernelStop.panic("the process table is damaged at entry %d".formatted(slot));
            }
        }
        if (queue.length(copy) != ready) {
            throw RunQueue.damaged();
        }
    }

    private List<Task> all() {
        List<Task> all = new ArrayList<>();
        for (Task task : slots) {
            if (task != null) {
                all.add(task);
            }
        }
        return all;
    }

    private int freeSlot() {
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] == null) {
                return slot;
            }
        }
        return slots.length;
    }
}
