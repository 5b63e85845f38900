package cofferdam.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an interface passes up until this is closed. */
final class HeardFrames implements AutoCloseable {

    private final List<byte[]> frames = new ArrayList<>();
    private final RawNic.Listening listening;

    HeardFrames(RawNic nic) {
        listening = nic.listen(frames::add);
    }

    int count() {
        return frames.size();
    }

    /** How often that very frame was heard. */
    long count(byte[] frame) {
        return frames.stream().filter(heard -> Arrays.equals(heard, frame)).count();
    }

    @Override
    public void close() {
        listening.stop();
    }
}
