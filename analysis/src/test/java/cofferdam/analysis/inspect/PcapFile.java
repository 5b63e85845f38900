package cofferdam.analysis.inspect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** A classic pcap file, made by hand from hexadecimal digits. */
final class PcapFile {

    static final String VM1 = "02:00:00:00:01:01";
    static final String VM2 = "02:00:00:00:01:02";
    static final String SOURCE = "02:00:00:00:00:01";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    PcapFile(ByteOrder order, boolean nanoseconds, int linkType) {
        this.order = order;
        out.writeBytes(ByteBuffer.allocate(24)
                .order(order)
                .putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(linkType)
                .array());
    }

    PcapFile() {
        this(ByteOrder.LITTLE_ENDIAN, false, 1);
    }

    PcapFile frame(int seconds, int fraction, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("[ :\n]", ""));
        out.writeBytes(ByteBuffer.allocate(16)
                .order(order)
                .putInt(seconds)
                .putInt(fraction)
                .putInt(bytes.length)
                .putInt(bytes.length)
                .array());
        out.writeBytes(bytes);
        return this;
    }

    /** {@code address} is at {@code hardware}, says {@code by}; addresses of 10.0.0.x. */
    PcapFile arp(int seconds, boolean reply, String by, String hardware, int address) {
        return frame(
                seconds,
                0,
                "ffffffffffff %s 0806 0001 0800 06 04 %04x %s 0a0000%02x 000000000000 0a0000fe"
                        .formatted(by, reply ? 2 : 1, hardware, address));
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
