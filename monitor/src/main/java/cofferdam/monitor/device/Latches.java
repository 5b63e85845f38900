package cofferdam.monitor.device;

/** Registers that read as they were written last. */
final class Latches implements Registers {

    private final byte[] values;

    /** So many of them, all zero. */
    Latches(int count) {
        values = new byte[count];
    }

    /** Some of them do not begin as zero. */
    Latches preset(int offset, int... presets) {
        for (int i = 0; i < presets.length; i++) {
            values[offset + i] = (byte) presets[i];
        }
        return this;
    }

    @Override
    public int read(int offset) {
        return Byte.toUnsignedInt(values[offset]);
    }

    @Override
    public void write(int offset, int value) {
        values[offset] = (byte) value;
    }
}
