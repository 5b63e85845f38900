package cofferdam.monitor.device;

import java.nio.charset.StandardCharsets;

/** The firmware's read-only memory, 64 KiB: what an IBM PC's has at its known places. */
final class Firmware implements Registers {

    static final int BYTES = 64 << 10;

    private static final String NAME = "Cofferdam BIOS";
    private static final int NAME_AT = 0xe000;

    /** The first instruction: a far jump to F000:E05B. */
    private static final byte[] RESET = {(byte) 0xea, 0x5b, (byte) 0xe0, 0x00, (byte) 0xf0};

    private static final int RESET_AT = 0xfff0;
    private static final String DATE = "06/30/03";
    private static final int DATE_AT = 0xfff5;

    /** The model byte of the IBM PC AT. */
    private static final int MODEL = 0xfc;

    private static final int MODEL_AT = 0xfffe;

    private final byte[] content = new byte[BYTES];

    Firmware() {
        put(NAME_AT, NAME.getBytes(StandardCharsets.US_ASCII));
        put(RESET_AT, RESET);
        put(DATE_AT, DATE.getBytes(StandardCharsets.US_ASCII));
        content[MODEL_AT] = (byte) MODEL;
        int sum = 0;
        for (byte value : content) {
            sum += value;
        }
        content[BYTES - 1] = (byte) -sum;
    }

    @Override
    public int read(int offset) {
        return Byte.toUnsignedInt(content[offset]);
    }

    @Override
    public void write(int offset, int value) {}

    private void put(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, content, at, bytes.length);
    }
}
