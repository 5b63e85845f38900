package cofferdam.monitor.device;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are memory in the address space of an IBM PC: all below the memory's size but the
 * window of the display adapter and the firmware's last 64 KiB, behind which the host bridge hides
 * the memory. The same ranges are what firmware tells a system by E820.
 *
 * @param size of the memory in bytes
 */
record MemoryMap(long size) {

    static final Range DISPLAY = new Range(0xa0000, 0xbffff);
    static final Range FIRMWARE = new Range(0xf0000, 0xfffff);

    boolean isMemory(long address) {
        return address < size && !DISPLAY.contains(address) && !FIRMWARE.contains(address);
    }

    /** The addresses that are memory. */
    List<Range> usable() {
        return Stream.of(
                        new Range(0, DISPLAY.first() - 1),
                        new Range(DISPLAY.last() + 1, FIRMWARE.first() - 1),
                        new Range(FIRMWARE.last() + 1, size - 1))
                .map(range -> new Range(range.first(), Math.min(range.last(), size - 1)))
                .filter(range -> range.first() <= range.last())
                .toList();
    }
}
