package cofferdam.monitor.memory;

import java.util.BitSet;

/** Numbers of frames, each once. */
final class FrameSet {

    private final BitSet frames = new BitSet();

    void add(int frame) {
        frames.set(frame);
    }

    /** Sorted, as ranges such as {@code 4-7,12}; empty if there is none. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int first = frames.nextSetBit(0); first >= 0; ) {
            int end = frames.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (end - first > 1) {
                text.append('-').append(end - 1);
            }
            first = frames.nextSetBit(end);
        }
        return text.toString();
    }
}
