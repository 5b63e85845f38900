package cofferdam.monitor.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what it receives. */
final class Recorder implements FrameSink {

    final List<byte[]> frames = new ArrayList<>();
    int linksDown;

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        frames.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void linkDown() {
        linksDown++;
    }
}
