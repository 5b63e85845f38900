package cofferdam.monitor.pcapng;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;

import java.util.ArrayList;
import java.util.List;

/** Gathers a capture from its blocks. */
final class CaptureBuilder {

    private static final MacAddress NO_ADDRESS = new MacAddress(0);

    /** Bytes of a simple packet's body before the frame: original length 4. */
    private static final int SIMPLE_FIXED_BYTES = 4;

    private static final int CAPTURED_LENGTH_OFFSET = 12;
    private static final int ORIGINAL_LENGTH_OFFSET = 16;

    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<Clock> clocks = new ArrayList<>();
    private final List<CapturedFrame> frames = new ArrayList<>();
    private int sectionStart;

    void take(Block block) throws PcapngException {
        switch (block.type()) {
            case Format.SECTION_HEADER -> beginSection(block);
            case Format.INTERFACE_DESCRIPTION -> addInterface(block);
            case Format.ENHANCED_PACKET -> addPacket(block, firstField(block, Integer.BYTES));
            case Format.OBSOLETE_PACKET -> addPacket(block, firstField(block, Short.BYTES));
            case Format.SIMPLE_PACKET -> addSimple(block);
            default -> {
                // The draft, section 3.1: a reader passes over the blocks that it does not know.
            }
        }
    }

    Capture built() {
        return new Capture(interfaces, frames);
    }

    private void beginSection(Block block) throws PcapngException {
        block.afterFixed(Format.SECTION_FIXED_BYTES);
        int major = block.int16(block.bodyStart() + 4);
        if (major != Format.MAJOR_VERSION) {
            throw PcapngException.at(
                    block.start(),
                    "major version %d is not %d".formatted(major, Format.MAJOR_VERSION));
        }
        sectionStart = interfaces.size();
    }

    private void addInterface(Block block) throws PcapngException {
        int afterFixed = block.afterFixed(Format.INTERFACE_FIXED_BYTES);
        int linkType = block.int16(block.bodyStart());
        if (linkType != Format.ETHERNET) {
            throw PcapngException.at(
                    block.start(),
                    "link type %d is not Ethernet (%d)".formatted(linkType, Format.ETHERNET));
        }
        if (interfaces.size() == PcapngReader.MAXIMUM_INTERFACES) {
            throw PcapngException.at(
                    block.start(),
                    "more than %d interfaces".formatted(PcapngReader.MAXIMUM_INTERFACES));
        }
        describe(block, block.options(afterFixed));
    }

    private void describe(Block block, Options options) throws PcapngException {
        String name = "";
        String description = "";
        MacAddress address = NO_ADDRESS;
        Clock clock = Clock.MICROSECONDS;
        while (options.advance()) {
            switch (options.code()) {
                case Format.INTERFACE_NAME -> name = options.text();
                case Format.INTERFACE_DESCRIPTION_TEXT -> description = options.text();
                case Format.INTERFACE_MAC -> address = address(block, options);
                case Format.TIME_RESOLUTION ->
                    clock = clock.withResolution(block.view().get(options.valueStart(1)) & 0xff);
                case Format.TIME_OFFSET ->
                    clock = clock.withOffset(block.view().getLong(options.valueStart(Long.BYTES)));
                default -> {
                    // An option that says nothing about the frames.
                }
            }
        }
        interfaces.add(new CaptureInterface(name, description, address));
        clocks.add(clock);
    }

    private static MacAddress address(Block block, Options option) throws PcapngException {
        int at = option.valueStart(MacAddress.BYTES);
        return MacAddress.read(block.copy(at, MacAddress.BYTES), 0);
    }

    private static int firstField(Block block, int bytes) throws PcapngException {
        block.afterFixed(bytes);
        return bytes == Short.BYTES
                ? block.int16(block.bodyStart())
                : block.int32(block.bodyStart());
    }

    private void addPacket(Block block, int interfaceInSection) throws PcapngException {
        int data = block.afterFixed(Format.PACKET_FIXED_BYTES);
        int length = wholeLength(block, data);
        int number = interfaceNumber(block, interfaceInSection);
        Direction direction = direction(block, block.options(data + Format.padded(length)));
        add(number, time(block, number), direction, block.copy(data, length));
    }

    private void addSimple(Block block) throws PcapngException {
        int data = block.afterFixed(SIMPLE_FIXED_BYTES);
        int length = lengthWithin(block, block.int32(block.bodyStart()), data);
        add(interfaceNumber(block, 0), 0, Direction.INBOUND, block.copy(data, length));
    }

    private void add(int interfaceNumber, long time, Direction direction, byte[] bytes)
            throws PcapngException {
        if (frames.size() == PcapngReader.MAXIMUM_FRAMES) {
            throw new PcapngException("more than %d frames".formatted(PcapngReader.MAXIMUM_FRAMES));
        }
        frames.add(new CapturedFrame(frames.size() + 1, interfaceNumber, time, direction, bytes));
    }

    private int interfaceNumber(Block block, int inSection) throws PcapngException {
        int known = interfaces.size() - sectionStart;
        if (inSection < 0 || inSection >= known) {
            throw PcapngException.at(
                    block.start(),
                    "frame of interface %d, the section has %d so far"
                            .formatted(inSection & 0xffff_ffffL, known));
        }
        return sectionStart + inSection;
    }

    private long time(Block block, int interfaceNumber) throws PcapngException {
        long high = block.int32(block.bodyStart() + 4) & 0xffff_ffffL;
        long low = block.int32(block.bodyStart() + 8) & 0xffff_ffffL;
        return clocks.get(interfaceNumber).nanoseconds((high << 32) | low, block.start());
    }

    /** The length of a frame that was captured whole and lies within its block. */
    private static int wholeLength(Block block, int data) throws PcapngException {
        int captured = capturedLength(block, data);
        int original = block.int32(block.bodyStart() + ORIGINAL_LENGTH_OFFSET);
        if (captured != original) {
            throw PcapngException.at(
                    block.start(),
                    "only %d bytes of a frame of %d were captured"
                            .formatted(captured, original & 0xffff_ffffL));
        }
        return captured;
    }

    /** The captured length that an enhanced packet gives, which lies within its block. */
    static int capturedLength(Block block, int data) throws PcapngException {
        return lengthWithin(block, block.int32(block.bodyStart() + CAPTURED_LENGTH_OFFSET), data);
    }

    private static int lengthWithin(Block block, int length, int data) throws PcapngException {
        if (length < 0 || length > PcapngWriter.MAXIMUM_FRAME_BYTES) {
            throw PcapngException.at(
                    block.start(),
                    "frame of %d bytes is longer than %d"
                            .formatted(length & 0xffff_ffffL, PcapngWriter.MAXIMUM_FRAME_BYTES));
        }
        if (Format.padded(length) > block.bodyEnd() - data) {
            throw PcapngException.at(
                    block.start(),
                    "frame of %d bytes, the block has room for %d"
                            .formatted(length, block.bodyEnd() - data));
        }
        return length;
    }

    private static Direction direction(Block block, Options options) throws PcapngException {
        Direction direction = Direction.INBOUND;
        while (options.advance()) {
            if (options.code() == Format.PACKET_FLAGS) {
                int flags = block.int32(options.valueStart(Format.FLAGS_BYTES));
                direction = (flags & Format.DIRECTION_MASK) == Format.OUTBOUND
                        ? Direction.OUTBOUND
                        : Direction.INBOUND;
            }
        }
        return direction;
    }
}
