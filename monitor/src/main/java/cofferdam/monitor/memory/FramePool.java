package cofferdam.monitor.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The host's page frames, outside the heap. Memory is had from the system in chunks as frames are
 * first handed out. A frame that was given back keeps its bytes and is the next to be handed out; one
 * that was never handed out holds zeros.
 */
final class FramePool implements AutoCloseable {

    /** The size of a frame in bytes. */
    static final int FRAME = PhysicalMemory.PAGE;

    /** The frames of a chunk: 4 MiB. */
    private static final int CHUNK_FRAMES = 1 << 10;

    private static final MemorySegment ZEROS =
            MemorySegment.ofArray(new byte[FRAME]).asReadOnly();

    private final int frames;
    private final boolean zeroOnAllocate;
    private final boolean zeroOnFree;
    // Shared, so that whoever closes the host may do so on another thread.
    private final Arena arena = Arena.ofShared();
    private final MemorySegment[] chunks;
    private final ByteBuffer[] views;
    private int[] released = new int[64];
    private int releasedCount;
    private int fresh;
    private @Nullable FrameSet givenBack;

    /** So many frames, cleared when they are handed out or given back, or not. */
    FramePool(int frames, boolean zeroOnAllocate, boolean zeroOnFree) {
        this.frames = frames;
        this.zeroOnAllocate = zeroOnAllocate;
        this.zeroOnFree = zeroOnFree;
        int count = Math.ceilDiv(frames, CHUNK_FRAMES);
        chunks = new MemorySegment[count];
        views = new ByteBuffer[count];
        Arrays.fill(chunks, MemorySegment.NULL);
    }

    /** How many there are. */
    int size() {
        return frames;
    }

    /** How many are free. */
    int free() {
        return frames - fresh + releasedCount;
    }

    /** How many are not free. */
    int used() {
        return fresh - releasedCount;
    }

    /** The numbers of all frames that were ever handed out are below this. */
    int touched() {
        return fresh;
    }

    /** A free frame for contents that its owner has not written yet. */
    int take() {
        boolean dirty = releasedCount > 0;
        int frame = takeToOverwrite();
        if (zeroOnAllocate && dirty) {
            clear(frame);
        }
        return frame;
    }

    /** A free frame all of whose bytes are written before anybody can read them. */
    int takeToOverwrite() {
        if (releasedCount > 0) {
            return released[--releasedCount];
        }
        if (fresh == frames) {
            throw new IllegalStateException("none of %d frames is free".formatted(frames));
        }
        if (fresh % CHUNK_FRAMES == 0) {
            addChunk(fresh / CHUNK_FRAMES);
        }
        return fresh++;
    }

    private void addChunk(int index) {
        long bytes = (long) Math.min(CHUNK_FRAMES, frames - index * CHUNK_FRAMES) * FRAME;
        chunks[index] = arena.allocate(bytes, FRAME);
        views[index] = chunks[index].asByteBuffer();
    }

    /** Takes a frame back. */
    void give(int frame) {
        if (zeroOnFree) {
            clear(frame);
        }
        if (releasedCount == released.length) {
            released = Arrays.copyOf(released, 2 * releasedCount);
        }
        released[releasedCount++] = frame;
        if (givenBack != null) {
            givenBack.add(frame);
        }
    }

    /** The frames that are given back from now on are noted there, too; in nothing if null. */
    void note(@Nullable FrameSet set) {
        givenBack = set;
    }

    /** The frames that were given back and are free, the next one to be handed out last. */
    int[] released() {
        return Arrays.copyOf(released, releasedCount);
    }

    void read(int frame, int within, byte[] into, int offset, int count) {
        MemorySegment.copy(
                chunks[frame / CHUNK_FRAMES],
                JAVA_BYTE,
                start(frame) + within,
                into,
                offset,
                count);
    }

    void write(int frame, int within, byte[] from, int offset, int count) {
        MemorySegment.copy(
                from,
                offset,
                chunks[frame / CHUNK_FRAMES],
                JAVA_BYTE,
                start(frame) + within,
                count);
    }

    /** Copies all of a frame. */
    void copy(int from, int to) {
        MemorySegment.copy(
                chunks[from / CHUNK_FRAMES],
                start(from),
                chunks[to / CHUNK_FRAMES],
                start(to),
                FRAME);
    }

    /** Whether all of their bytes are the same. */
    boolean same(int one, int other) {
        long a = start(one);
        long b = start(other);
        return MemorySegment.mismatch(
                        chunks[one / CHUNK_FRAMES],
                        a,
                        a + FRAME,
                        chunks[other / CHUNK_FRAMES],
                        b,
                        b + FRAME)
                < 0;
    }

    /** Whether all of its bytes are zero. */
    boolean isZero(int frame) {
        long start = start(frame);
        return MemorySegment.mismatch(
                        chunks[frame / CHUNK_FRAMES], start, start + FRAME, ZEROS, 0, FRAME)
                < 0;
    }

    /** What a hash says of its bytes. */
    long hash(int frame, PageHash hash) {
        return hash.of(views[frame / CHUNK_FRAMES], (int) start(frame));
    }

    private void clear(int frame) {
        chunks[frame / CHUNK_FRAMES].asSlice(start(frame), FRAME).fill((byte) 0);
    }

    private static long start(int frame) {
        return (long) (frame % CHUNK_FRAMES) * FRAME;
    }

    /** Whether it is not closed yet. */
    boolean isOpen() {
        return arena.scope().isAlive();
    }

    @Override
    public void close() {
        if (isOpen()) {
            arena.close();
        }
    }
}
