package cofferdam.monitor.memory;

/** Tells the frames of pages in the pages' order, consecutive ones as a run. */
final class PageFrames {

    /** Of a page that has none. */
    static final int NONE = -1;

    private final StringBuilder text = new StringBuilder();
    private int first;
    private int last;
    private int count;

    void add(int frame) {
        if (count > 0 && continues(frame)) {
            last = frame;
            count++;
            return;
        }
        flush();
        first = frame;
        last = frame;
        count = 1;
    }

    private boolean continues(int frame) {
        if (first == NONE || frame == NONE) {
            return first == frame;
        }
        int step = count == 1 ? Integer.signum(frame - last) : Integer.signum(last - first);
        return step != 0 && frame == last + step;
    }

    private void flush() {
        if (count == 0) {
            return;
        }
        text.append(text.isEmpty() ? "" : ",");
        if (first == NONE) {
            text.append('x').append(count);
            return;
        }
        text.append(first);
        if (last != first) {
            text.append('-').append(last);
        }
    }

    @Override
    public String toString() {
        flush();
        count = 0;
        return text.toString();
    }
}
