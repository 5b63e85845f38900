package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Timeline;

import org.jspecify.annotations.Nullable;

/** What the kernel's code holds of a process beside its entry in the process table. */
final class Task {

    private final int slot;
    private final int pid;
    private final String name;
    private final Program program;
    private Timeline.@Nullable Timer alarm;
    private boolean alive = true;
    private boolean ready;
    private int pages;

    Task(int slot, int pid, String name, Program program) {
        this.slot = slot;
        this.pid = pid;
        this.name = name;
        this.program = program;
    }

    /** Where its entry is in the process table. */
    int slot() {
        return slot;
    }

    int pid() {
        return pid;
    }

    String name() {
        return name;
    }

    Program program() {
        return program;
    }

    boolean alive() {
        return alive;
    }

    /** Whether it wants to run. */
    boolean ready() {
        return ready;
    }

    void ready(boolean wanted) {
        ready = wanted;
    }

    /** It waits until this time has come. */
    void alarm(Timeline.Timer timer) {
        silence();
        alarm = timer;
    }

    /** Whether it waits for a time. */
    boolean isAsleep() {
        return alarm != null;
    }

    /** It waits for no time. */
    void silence() {
        Timeline.Timer pending = alarm;
        alarm = null;
        if (pending != null) {
            pending.cancel();
        }
    }

    void end() {
        alive = false;
        ready = false;
        silence();
    }

    /** How many pages it has, in memory and swapped. */
    int pages() {
        return pages;
    }

    void pages(int count) {
        pages = count;
    }
}
