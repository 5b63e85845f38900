package cofferdam.monitor.device;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.TreeMap;

/** A display adapter's memory; what lies beyond it in its window shows it again. */
final class VideoMemory implements Registers {

    private final int size;
    private final TreeMap<Integer, byte[]> written = new TreeMap<>();

    /** @param size in bytes, a multiple of a page */
    VideoMemory(int size) {
        this.size = size;
    }

    @Override
    public int read(int offset) {
        int at = offset % size;
        byte[] page = written.get(at / PhysicalMemory.PAGE);
        return page == null ? 0 : Byte.toUnsignedInt(page[at % PhysicalMemory.PAGE]);
    }

    @Override
    public void write(int offset, int value) {
        int at = offset % size;
        written.computeIfAbsent(at / PhysicalMemory.PAGE, page -> new byte[PhysicalMemory.PAGE])[
                        at % PhysicalMemory.PAGE] =
                (byte) value;
    }
}
