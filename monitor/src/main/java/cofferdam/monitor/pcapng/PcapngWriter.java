package cofferdam.monitor.pcapng;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a capture as one little-endian section of pcapng (draft-ietf-opsawg-pcapng, section 4).
 * Nothing of the machine it runs on goes into the file. Bytes are gathered in a buffer; what the
 * channel refuses is an {@link UncheckedIOException}. Not for use by several threads at a time.
 */
public final class PcapngWriter implements Closeable {

    /** The longest frame that can be written, in bytes; as Wireshark's own limit. */
    public static final int MAXIMUM_FRAME_BYTES = 262_144;

    /** The most interfaces of one file. */
    public static final int MAXIMUM_INTERFACES = 4096;

    private static final int BUFFER_BYTES = 4 << 20;
    private static final int MINIMUM_BUFFER_BYTES = 256;
    private static final byte[] APPLICATION = utf8("Cofferdam");
    private static final byte[] NANOSECONDS = {9};

    private static final int FLAGS_OPTION = Format.PACKET_FLAGS | (Format.FLAGS_BYTES << 16);

    /** What follows a frame's padded bytes: flags option 8, end of options 4, block length 4. */
    private static final int FRAME_TRAILER_BYTES = 16;

    private static final int FRAME_OVERHEAD_BYTES =
            Format.BLOCK_HEADER_BYTES + Format.PACKET_FIXED_BYTES + FRAME_TRAILER_BYTES;

    private final WritableByteChannel out;
    private ByteBuffer buffer;
    private int interfaces;

    /** Writes the section header; frames are handed to the channel about 4 MiB at a time. */
    public PcapngWriter(WritableByteChannel out) {
        this(out, ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    /**
     * Writes the section header; for many small captures: {@code bufferBytes} of heap are used at
     * first.
     */
    public PcapngWriter(WritableByteChannel out, int bufferBytes) {
        this(out, ByteBuffer.allocate(Math.max(bufferBytes, MINIMUM_BUFFER_BYTES)));
    }

    private PcapngWriter(WritableByteChannel out, ByteBuffer buffer) {
        this.out = out;
        this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
        sectionHeader();
    }

    private void sectionHeader() {
        int length = Format.BLOCK_OVERHEAD_BYTES
                + Format.SECTION_FIXED_BYTES
                + optionBytes(APPLICATION)
                + Format.OPTION_HEADER_BYTES;
        begin(Format.SECTION_HEADER, length);
        buffer.putInt(Format.BYTE_ORDER_MAGIC);
        buffer.putShort((short) Format.MAJOR_VERSION).putShort((short) 0);
        buffer.putLong(-1);
        option(Format.USER_APPLICATION, APPLICATION);
        endOptions(length);
    }

    /** Writes a name resolution block: what Wireshark shows in place of addresses. */
    public void names(SortedMap<Ipv4Address, String> names) {
        names(names, new TreeMap<>());
    }

    /** Writes a name resolution block with names of addresses of both kinds. */
    public void names(SortedMap<Ipv4Address, String> ipv4, SortedMap<Ipv6Address, String> ipv6) {
        int length = Format.BLOCK_OVERHEAD_BYTES + Format.OPTION_HEADER_BYTES;
        for (String name : ipv4.values()) {
            length = Math.addExact(length, recordBytes(Ipv4Address.BYTES, utf8(name)));
        }
        for (String name : ipv6.values()) {
            length = Math.addExact(length, recordBytes(Ipv6Address.BYTES, utf8(name)));
        }
        begin(Format.NAME_RESOLUTION, length);
        ipv4.forEach((address, name) -> {
            byte[] bytes = new byte[Ipv4Address.BYTES];
            address.write(bytes, 0);
            name(Format.NAMES_IPV4, bytes, utf8(name));
        });
        ipv6.forEach((address, name) -> {
            byte[] bytes = new byte[Ipv6Address.BYTES];
            address.write(bytes, 0);
            name(Format.NAMES_IPV6, bytes, utf8(name));
        });
        buffer.putInt(Format.NAMES_END);
        buffer.putInt(length);
    }

    private static int recordBytes(int addressBytes, byte[] name) {
        int length = addressBytes + name.length + 1;
        checkLength("name", length, Format.MAXIMUM_VALUE_BYTES);
        return Format.OPTION_HEADER_BYTES + Format.padded(length);
    }

    private void name(int type, byte[] address, byte[] name) {
        int length = address.length + name.length + 1;
        buffer.putShort((short) type).putShort((short) length);
        byte[] value = Arrays.copyOf(address, Format.padded(length));
        System.arraycopy(name, 0, value, address.length, name.length);
        buffer.put(value);
    }

    /**
     * Writes an interface description block; allowed at any time.
     *
     * @return the interface's number in this file, from 0
     */
    public int addInterface(CaptureInterface added) {
        checkLength("number of interfaces", interfaces + 1, MAXIMUM_INTERFACES);
        byte[] name = utf8(added.name());
        byte[] description = utf8(added.description());
        byte[] mac = new byte[MacAddress.BYTES];
        added.address().write(mac, 0);
        int length = Format.BLOCK_OVERHEAD_BYTES
                + Format.INTERFACE_FIXED_BYTES
                + optionBytes(name)
                + optionBytes(description)
                + optionBytes(mac)
                + optionBytes(NANOSECONDS)
                + Format.OPTION_HEADER_BYTES;
        begin(Format.INTERFACE_DESCRIPTION, length);
        buffer.putInt(Format.ETHERNET).putInt(0);
        option(Format.INTERFACE_NAME, name);
        option(Format.INTERFACE_DESCRIPTION_TEXT, description);
        option(Format.INTERFACE_MAC, mac);
        option(Format.TIME_RESOLUTION, NANOSECONDS);
        endOptions(length);
        return interfaces++;
    }

    /**
     * Writes an enhanced packet block with {@code epb_flags}.
     *
     * @param interfaceNumber what {@link #addInterface} gave
     * @param timeNanos nanoseconds since 1970-01-01T00:00:00Z
     * @throws IllegalArgumentException if there is no such interface or the frame is longer than
     *     {@link #MAXIMUM_FRAME_BYTES}
     */
    public void frame(
            int interfaceNumber,
            long timeNanos,
            Direction direction,
            byte[] bytes,
            int offset,
            int length) {
        Objects.checkIndex(interfaceNumber, interfaces);
        Objects.checkFromIndexSize(offset, length, bytes.length);
        checkLength("frame", length, MAXIMUM_FRAME_BYTES);
        int padded = Format.padded(length);
        int total = FRAME_OVERHEAD_BYTES + padded;
        reserve(total);
        // Absolute writes of 8 bytes and one change of position: this is the path that
        // every frame of every vantage takes.
        ByteBuffer to = buffer;
        int at = to.position();
        to.putLong(at, pair(Format.ENHANCED_PACKET, total));
        to.putLong(at + 8, pair(interfaceNumber, (int) (timeNanos >>> 32)));
        to.putLong(at + 16, pair((int) timeNanos, length));
        to.putInt(at + 24, length);
        int data = at + Format.BLOCK_HEADER_BYTES + Format.PACKET_FIXED_BYTES;
        int trailer = data + padded;
        if (padded != length) {
            to.putInt(trailer - 4, 0);
        }
        to.put(data, bytes, offset, length);
        to.putLong(trailer, pair(FLAGS_OPTION, flags(direction)));
        to.putLong(trailer + 8, pair(Format.END_OF_OPTIONS, total));
        to.position(at + total);
    }

    private static int flags(Direction direction) {
        return switch (direction) {
            case INBOUND -> Format.INBOUND;
            case OUTBOUND -> Format.OUTBOUND;
        };
    }

    /** The 8 bytes of two 32-bit fields that follow each other. */
    private static long pair(int first, int second) {
        return (first & 0xffff_ffffL) | ((long) second << 32);
    }

    private void begin(int type, int length) {
        reserve(length);
        buffer.putInt(type).putInt(length);
    }

    private static int optionBytes(byte[] value) {
        checkLength("option", value.length, Format.MAXIMUM_VALUE_BYTES);
        return Format.OPTION_HEADER_BYTES + Format.padded(value.length);
    }

    private void option(int code, byte[] value) {
        buffer.putShort((short) code).putShort((short) value.length).put(value);
        for (int i = value.length; i < Format.padded(value.length); i++) {
            buffer.put((byte) 0);
        }
    }

    private void endOptions(int blockLength) {
        buffer.putInt(Format.END_OF_OPTIONS);
        buffer.putInt(blockLength);
    }

    private void reserve(int bytes) {
        if (buffer.remaining() >= bytes) {
            return;
        }
        flush();
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Hands everything written so far to the channel. */
    public void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("capture could not be written", e);
        }
        buffer.clear();
    }

    /** Flushes and closes the channel. */
    @Override
    public void close() {
        flush();
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("capture could not be closed", e);
        }
    }

    private static void checkLength(String what, int length, int limit) {
        if (length > limit) {
            throw new IllegalArgumentException(
                    "%s %d is more than %d".formatted(what, length, limit));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
