package cofferdam.monitor.guest.kernel;

import java.nio.charset.StandardCharsets;

/**
 * The process table in memory. An entry of 64 bytes: magic, pid, parent, state, next in the run queue
 * (its number plus one), page of the page directory, two words unused, and the name.
 */
final class ProcessTable {

    static final int ENTRIES = 512;
    static final int ENTRY = 64;
    static final int PAGES = ENTRIES * ENTRY / Ram.PAGE;
    static final int NEXT_AT = 16;

    private static final int MAGIC = 0x7461_736b;
    private static final int FREE_MAGIC = 0x6672_6565;
    private static final int PID_AT = 4;
    private static final int PARENT_AT = 8;
    private static final int STATE_AT = 12;
    private static final int DIRECTORY_AT = 20;
    private static final int NAME_AT = 32;

    /** What a process is about. */
    enum State {
        NONE(0),
        READY(1),
        WAITING(2),
        ENDED(3);

        /** What stands for it in memory. */
        private final int code;

        State(int code) {
            this.code = code;
        }
    }

    private final Ram ram;
    private final long start;
    private final byte[] copy = new byte[ENTRIES * ENTRY];

    ProcessTable(Ram ram, Layout layout) {
        this.ram = ram;
        this.start = Ram.address(layout.processes());
    }

    void install() {
        byte[] table = new byte[ENTRIES * ENTRY];
        for (int slot = 0; slot < ENTRIES; slot++) {
            Ram.word(table, slot * ENTRY, FREE_MAGIC);
        }
        ram.write(start, table);
    }

    void enter(Task task, int parent, int directory) {
        byte[] entry = new byte[ENTRY];
        Ram.word(entry, 0, MAGIC);
        Ram.word(entry, PID_AT, task.pid());
        Ram.word(entry, PARENT_AT, parent);
        Ram.word(entry, STATE_AT, State.WAITING.code);
        Ram.word(entry, DIRECTORY_AT, directory);
        byte[] name = task.name().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, entry, NAME_AT, Math.min(name.length, ENTRY - NAME_AT));
        ram.write(address(task.slot()), entry);
    }

    void leave(Task task) {
        byte[] entry = new byte[ENTRY];
        Ram.word(entry, 0, FREE_MAGIC);
        ram.write(address(task.slot()), entry);
    }

    void state(Task task, State state) {
        ram.word(address(task.slot()) + STATE_AT, state.code);
    }

    int directory(Task task) {
        return ram.word(address(task.slot()) + DIRECTORY_AT);
    }

    int next(int slot) {
        return ram.word(address(slot) + NEXT_AT);
    }

    void next(int slot, int next) {
        ram.word(address(slot) + NEXT_AT, next);
    }

    /** A copy of the whole table, good until the next. */
    byte[] copy() {
        ram.read(start, copy);
        return copy;
    }

    /** Whether the entry is as the process that should be there left it. */
    static boolean describes(byte[] table, Task task) {
        return describes(table, task.slot() * ENTRY, task);
    }

    private static boolean describes(byte[] table, int entry, Task task) {
        State state = task.ready() ? State.READY : State.WAITING;
        return Ram.word(table, entry) == MAGIC
                && Ram.word(table, entry + PID_AT) == task.pid()
                && Ram.word(table, entry + STATE_AT) == state.code;
    }

    static boolean isFree(byte[] table, int slot) {
        return Ram.word(table, slot * ENTRY) == FREE_MAGIC;
    }

    /** Whether an entry says that its process is no more. */
    static boolean hasEnded(byte[] table, int slot) {
        int entry = slot * ENTRY;
        return isFree(table, slot)
                || (Ram.word(table, entry) == MAGIC
                        && Ram.word(table, entry + STATE_AT) == State.ENDED.code);
    }

    /** The entry of one process. */
    boolean describes(Task task) {
        return describes(ram.read(address(task.slot()), ENTRY), 0, task);
    }

    private long address(int slot) {
        return start + (long) slot * ENTRY;
    }
}
