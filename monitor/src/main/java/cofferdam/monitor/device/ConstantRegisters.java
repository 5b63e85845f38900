package cofferdam.monitor.device;

/** Registers that read the same whatever is written. */
final class ConstantRegisters implements Registers {

    private final byte[] values;

    /** A value for each. */
    ConstantRegisters(int... values) {
        this.values = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            this.values[i] = (byte) values[i];
        }
    }

    @Override
    public int read(int offset) {
        return Byte.toUnsignedInt(values[offset]);
    }

    @Override
    public void write(int offset, int value) {}
}
