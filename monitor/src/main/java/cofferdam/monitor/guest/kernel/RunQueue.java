package cofferdam.monitor.guest.kernel;

/**
 * The processes that wait for the processor: a list through the process table, whose ends are in the
 * system record (page 1): magic, pages of memory, magic of the queue, first and last (numbers plus
 * one, 0 for none).
 */
final class RunQueue {

    private static final int MAGIC = 0x6b65_726e;
    private static final int QUEUE_MAGIC = 0x7175_6575;
    private static final int PAGES_AT = 4;
    private static final int QUEUE_AT = 8;
    private static final int FIRST_AT = 12;
    private static final int LAST_AT = 16;

    private final Ram ram;
    private final ProcessTable table;
    private final long record = Ram.address(Layout.SYSTEM_RECORD);

    RunQueue(Ram ram, ProcessTable table) {
        this.ram = ram;
        this.table = table;
    }

    void install() {
        ram.clear(Layout.SYSTEM_RECORD);
        ram.word(record, MAGIC);
        ram.word(record + PAGES_AT, ram.pages());
        ram.word(record + QUEUE_AT, QUEUE_MAGIC);
    }

    boolean isEmpty() {
        return first() == 0;
    }

    /** Puts a process at the end. */
    void add(int slot) {
        table.next(slot, 0);
        int last = checked(ram.word(record + LAST_AT));
        if (last == 0) {
            ram.word(record + FIRST_AT, slot + 1);
        } else {
            table.next(last - 1, slot + 1);
        }
        ram.word(record + LAST_AT, slot + 1);
    }

    /** Takes the first one; -1 if there is none. */
    int take() {
        int first = first();
        if (first != 0) {
            unlink(0, first - 1);
        }
        return first - 1;
    }

    /** Takes out a process that is no more. */
    void remove(int slot) {
        int before = 0;
        int at = first();
        for (int steps = 0; at != 0 && steps < ProcessTable.ENTRIES; steps++) {
            if (at == slot + 1) {
                unlink(before, slot);
                return;
            }
            before = at;
            at = checked(table.next(at - 1));
        }
    }

    /** Follows the whole queue in a copy of the process table; counts who is in it. */
    int length(byte[] copy) {
        if (ram.word(record) != MAGIC
                || ram.word(record + PAGES_AT) != ram.pages()
                || ram.word(record + QUEUE_AT) != QUEUE_MAGIC) {
            throw KernelStop.panic("the system record is damaged");
        }
        int length = 0;
        int at = first();
        int last = 0;
        while (at != 0) {
            length++;
            if (length > ProcessTable.ENTRIES) {
                throw damaged();
            }
            last = at;
            at = checked(Ram.word(copy, (at - 1) * ProcessTable.ENTRY + ProcessTable.NEXT_AT));
        }
        if (last != ram.word(record + LAST_AT)) {
            throw damaged();
        }
        return length;
    }

    private int first() {
        return checked(ram.word(record + FIRST_AT));
    }

    private void unlink(int before, int slot) {
        int next = checked(table.next(slot));
        if (before == 0) {
            ram.word(record + FIRST_AT, next);
        } else {
            table.next(before - 1, next);
        }
        if (next == 0) {
            ram.word(record + LAST_AT, before);
        }
        table.next(slot, 0);
    }

    private static int checked(int link) {
        if (link < 0 || link > ProcessTable.ENTRIES) {
            throw damaged();
        }
        return link;
    }

    static KernelStop damaged() {
        return KernelStop.panic("the run queue is damaged");
    }
}
