package cofferdam.attacks.device;

import cofferdam.monitor.Devices;

import java.io.IOException;

/**
 * Reads bytes of every page of the 32-bit physical address space: many where memory is or would be,
 * few elsewhere. What reads as all ones is taken for nothing, which a page full of them looks like.
 * Findings are ranges whose ends are exact to the byte; a range goes on from page to page where both
 * their bytes at the border answer.
 */
final class AddressScan {

    /** The most ranges that are told. */
    static final int MAXIMUM_RANGES = 4096;

    private static final int PAGE = 4096;
    private static final long PAGES = (1L << 32) / PAGE;
    private static final int NOBODY = 0xff;
    private static final long NONE = -1;

    /** How far beyond the memory it looks closely, in bytes. */
    private static final long NEAR = 64L << 20;

    private static final int STEP_IN_MEMORY = 64;
    private static final int STEP_NEAR = 256;

    /** Registers of a device begin with what says its state. */
    private static final int SECOND_LOOK = 8;

    private final Devices devices;
    private final long memory;
    private long first = NONE;
    private long last = NONE;
    private int ranges;

    /** @param memory the machine's memory in bytes */
    AddressScan(Devices devices, long memory) {
        this.devices = devices;
        this.memory = memory;
    }

    void run() throws IOException {
        for (long page = 0; page < PAGES; page++) {
            long start = page * PAGE;
            if (answers(start)) {
                extend(start);
            } else {
                close();
            }
        }
        close();
    }

    /** How many ranges answered. */
    int ranges() {
        return ranges;
    }

    private boolean answers(long start) throws IOException {
        if (start >= memory + NEAR) {
            return isAnswer(start) || isAnswer(start + SECOND_LOOK);
        }
        int step = start < memory ? STEP_IN_MEMORY : STEP_NEAR;
        for (int offset = 0; offset < PAGE; offset += step) {
            if (isAnswer(start + offset)) {
                return true;
            }
        }
        return false;
    }

    /** The page answers: the range goes on, or a new one begins in it; it may also end there. */
    private void extend(long start) throws IOException {
        long end = start + PAGE - 1;
        if (first == NONE || last != start - 1 || !isAnswer(start)) {
            close();
            first = search(start, 1);
        }
        last = search(end, -1);
    }

    /** The nearest byte of the page that answers; where it began if none does any more. */
    private long search(long from, int step) throws IOException {
        for (int distance = 0; distance < PAGE; distance++) {
            long at = from + (long) step * distance;
            if (isAnswer(at)) {
                return at;
            }
        }
        return from;
    }

    private boolean isAnswer(long address) throws IOException {
        return devices.readByte(address) != NOBODY;
    }

    private void close() throws IOException {
        if (first == NONE) {
            return;
        }
        ranges++;
        if (ranges <= MAXIMUM_RANGES) {
            devices.found(new Devices.Finding(
                    "memory %08x-%08x".formatted(first, last),
                    "%02x".formatted(devices.readByte(first))));
        }
        first = NONE;
    }
}
