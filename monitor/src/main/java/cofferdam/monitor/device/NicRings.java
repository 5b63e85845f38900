package cofferdam.monitor.device;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.Optional;

/**
 * A network interface's receive and transmit ring with their buffers in a machine's memory, and the
 * machine's driver for them. Every frame lies in that memory on its way: the device reaches it as a
 * bus master, the driver as any other program of the kernel. What else writes there is found in the
 * frames, as on real hardware.
 */
public final class NicRings {

    /** The length of a buffer in bytes: the longest frame with room to spare. */
    public static final int BUFFER_BYTES = 2048;

    static final int RECEIVE_ENTRIES = 16;
    static final int TRANSMIT_ENTRIES = 4;

    private static final int BUFFERS_IN_PAGE = PhysicalMemory.PAGE / BUFFER_BYTES;
    private static final byte[] NOTHING = {};

    private final PhysicalMemory memory;
    private final BusMaster dma;
    private final RingDevice device;
    private final long base;
    private int receiveNext;
    private int transmitNext;

    /**
     * Sets up the rings in pages that nobody else uses.
     *
     * @param basePage the number of the first of {@link #pagesNeeded} pages
     * @throws IllegalArgumentException if one of them is not in the memory
     */
    public NicRings(PhysicalMemory memory, int basePage) {
        long end = ((long) basePage + pagesNeeded()) * PhysicalMemory.PAGE;
        if (basePage < 0 || end > memory.size()) {
            throw new IllegalArgumentException(
                    "rings in %d pages from page %d on are not in %d bytes"
                            .formatted(pagesNeeded(), basePage, memory.size()));
        }
        this.memory = memory;
        dma = new BusMaster(memory);
        device = new RingDevice(dma, RECEIVE_ENTRIES, TRANSMIT_ENTRIES);
        base = (long) basePage * PhysicalMemory.PAGE;
        reset();
    }

    /** How many pages the rings and their buffers take: the rings have the first. */
    public static int pagesNeeded() {
        return 1 + (RECEIVE_ENTRIES + TRANSMIT_ENTRIES) / BUFFERS_IN_PAGE;
    }

    /** The driver writes both rings anew and gives every receive buffer to the device. */
    public void reset() {
        for (int entry = 0; entry < RECEIVE_ENTRIES; entry++) {
            giveBack(entry);
        }
        for (int entry = 0; entry < TRANSMIT_ENTRIES; entry++) {
            write(transmitEntry(entry), Descriptor.of(transmitBuffer(entry), 0, BUFFER_BYTES));
        }
        receiveNext = 0;
        transmitNext = 0;
        device.program(base, transmitEntry(0));
    }

    /**
     * The device writes a frame into the next receive buffer that it owns.
     *
     * @return false if it owns none, the frame does not fit, or the buffer is outside the memory: the
     *     frame is lost
     */
    public boolean receive(byte[] frame) {
        return device.receive(frame);
    }

    /**
     * The driver reads the next received frame from the memory and gives the buffer back; buffers
     * with an error are given back unread.
     *
     * @return empty if there is none
     */
    public Optional<byte[]> take() {
        for (int look = 0; look < RECEIVE_ENTRIES; look++) {
            int entry = receiveNext;
            Descriptor descriptor = read(receiveEntry(entry));
            if (descriptor.has(Descriptor.OWN)) {
                return Optional.empty();
            }
            receiveNext = (entry + 1) % RECEIVE_ENTRIES;
            boolean sound = descriptor.has(Descriptor.WHOLE_PACKET)
                    && !descriptor.has(Descriptor.ERROR)
                    && descriptor.messageLength() <= BUFFER_BYTES;
            byte[] frame = new byte[sound ? descriptor.messageLength() : 0];
            memory.read(receiveBuffer(entry), frame, 0, frame.length);
            giveBack(entry);
            if (sound) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    /**
     * The driver copies a frame into the next transmit buffer and gives it to the device, which reads
     * it from there.
     *
     * @param frame 1 to {@link #BUFFER_BYTES} bytes; a driver refuses others
     * @return what goes on the wire; empty if nothing does
     */
    public byte[] transmit(byte[] frame) {
        if (frame.length == 0 || frame.length > BUFFER_BYTES) {
            return NOTHING;
        }
        int entry = transmitNext;
        transmitNext = (entry + 1) % TRANSMIT_ENTRIES;
        memory.write(transmitBuffer(entry), frame, 0, frame.length);
        write(
                transmitEntry(entry),
                Descriptor.of(
                        transmitBuffer(entry),
                        Descriptor.OWN | Descriptor.WHOLE_PACKET,
                        frame.length));
        return device.transmit();
    }

    /**
     * A driver tells the device where the rings begin, as it likes: any 32-bit addresses.
     *
     * @param receive of the receive ring
     * @param transmit of the transmit ring
     */
    public void program(long receive, long transmit) {
        device.program(receive & 0xffff_ffffL, transmit & 0xffff_ffffL);
    }

    /** How many received frames were lost. */
    public long missed() {
        return device.missed();
    }

    /** How many of the device's accesses ended in a master abort. */
    public long masterAborts() {
        return dma.aborts();
    }

    private void giveBack(int entry) {
        write(
                receiveEntry(entry),
                Descriptor.of(receiveBuffer(entry), Descriptor.OWN, BUFFER_BYTES));
    }

    private Descriptor read(long at) {
        byte[] bytes = new byte[Descriptor.BYTES];
        memory.read(at, bytes, 0, bytes.length);
        return Descriptor.parse(bytes);
    }

    private void write(long at, Descriptor descriptor) {
        byte[] bytes = descriptor.bytes();
        memory.write(at, bytes, 0, bytes.length);
    }

    private long receiveEntry(int entry) {
        return base + (long) Descriptor.BYTES * entry;
    }

    private long transmitEntry(int entry) {
        return receiveEntry(RECEIVE_ENTRIES + entry);
    }

    private long receiveBuffer(int entry) {
        return base + PhysicalMemory.PAGE + (long) BUFFER_BYTES * entry;
    }

    private long transmitBuffer(int entry) {
        return receiveBuffer(RECEIVE_ENTRIES + entry);
    }
}
