package cofferdam.analysis.audit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory outside the heap, where engines of any kind can search what was decoded. */
final class Scratch implements AutoCloseable {

    private final Arena arena = Arena.ofConfined();
    private MemorySegment room = MemorySegment.NULL;

    /** The first bytes of the array, copied; until the next call. */
    MemorySegment holding(byte[] bytes, int count) {
        if (room.byteSize() < count) {
            room = arena.allocate(Math.max(count, 2 * room.byteSize()), Long.BYTES);
        }
        MemorySegment.copy(bytes, 0, room, ValueLayout.JAVA_BYTE, 0, count);
        return room.asSlice(0, count);
    }

    @Override
    public void close() {
        arena.close();
    }
}
