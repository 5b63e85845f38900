package cofferdam.monitor.device;

/**
 * The device's side of two rings. It believes nothing that it reads from memory: an address that is
 * not in the machine's memory ends in a master abort, and one call looks at one descriptor.
 */
final class RingDevice {

    private static final byte[] NOTHING = {};

    private final BusMaster dma;
    private final int receiveEntries;
    private final int transmitEntries;
    private long receiveRing;
    private long transmitRing;
    private int receiveNext;
    private int transmitNext;
    private long missed;

    RingDevice(BusMaster dma, int receiveEntries, int transmitEntries) {
        this.dma = dma;
        this.receiveEntries = receiveEntries;
        this.transmitEntries = transmitEntries;
    }

    /** The driver tells where the rings begin; the device starts at the first entry of each. */
    void program(long receive, long transmit) {
        receiveRing = receive;
        transmitRing = transmit;
        receiveNext = 0;
        transmitNext = 0;
    }

    /** Puts a frame into the next buffer that it owns; false if that cannot be. */
    boolean receive(byte[] frame) {
        long at = receiveRing + (long) Descriptor.BYTES * receiveNext;
        byte[] bytes = new byte[Descriptor.BYTES];
        if (!dma.read(at, bytes, Descriptor.BYTES)) {
            missed++;
            return false;
        }
        Descriptor descriptor = Descriptor.parse(bytes);
        if (!descriptor.has(Descriptor.OWN)) {
            missed++;
            return false;
        }
        receiveNext = (receiveNext + 1) % receiveEntries;
        boolean placed = frame.length <= descriptor.length()
                && frame.length < 1 << 12
                && dma.write(descriptor.address(), frame);
        Descriptor done = placed
                ? descriptor.done(Descriptor.WHOLE_PACKET, frame.length)
                : descriptor.done(Descriptor.ERROR | Descriptor.BUFFER, 0);
        dma.write(at, done.bytes());
        missed += placed ? 0 : 1;
        return placed;
    }

    /** What goes on the wire of the next buffer that it owns; empty if nothing does. */
    byte[] transmit() {
        long at = transmitRing + (long) Descriptor.BYTES * transmitNext;
        byte[] bytes = new byte[Descriptor.BYTES];
        if (!dma.read(at, bytes, Descriptor.BYTES)) {
            return NOTHING;
        }
        Descriptor descriptor = Descriptor.parse(bytes);
        if (!descriptor.has(Descriptor.OWN)) {
            return NOTHING;
        }
        transmitNext = (transmitNext + 1) % transmitEntries;
        byte[] frame = new byte[descriptor.length()];
        boolean fetched = descriptor.has(Descriptor.WHOLE_PACKET)
                && dma.read(descriptor.address(), frame, frame.length);
        int flags = fetched ? Descriptor.WHOLE_PACKET : Descriptor.ERROR | Descriptor.BUFFER;
        dma.write(at, descriptor.done(flags, 0).bytes());
        return fetched ? frame : NOTHING;
    }

    /** How many frames came that it could not place. */
    long missed() {
        return missed;
    }
}
