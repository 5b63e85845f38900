package cofferdam.monitor.wire;

import cofferdam.monitor.net.FrameSink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what it is given. */
final class Inbox implements FrameSink {

    final List<byte[]> frames = new ArrayList<>();
    final List<String> link = new ArrayList<>();

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        frames.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void linkUp() {
        link.add("up");
    }

    @Override
    public void linkDown() {
        link.add("down");
    }

    /** A broadcast frame of that length with a source and numbered content. */
    static byte[] frame(int length, int number) {
        byte[] frame = new byte[length];
        Arrays.fill(frame, 0, 6, (byte) 0xff);
        frame[6] = 2;
        frame[11] = (byte) number;
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xb5;
        for (int i = 14; i < length; i++) {
            frame[i] = (byte) (number + i);
        }
        return frame;
    }
}
