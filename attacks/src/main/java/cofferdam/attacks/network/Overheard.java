package cofferdam.attacks.network;

import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

/**
 * Counts the frames that an interface passes up, and those among them that were for other stations.
 */
final class Overheard {

    private final String name;
    private final MacAddress own;
    private long frames;
    private long forOthers;

    /** Counts for the address that the interface has now. */
    Overheard(RawNic nic) {
        name = nic.name();
        own = nic.address();
    }

    /** Counts the frame. A frame to a group of stations is for this one too. */
    void count(byte[] frame) {
        frames++;
        if (frame.length < Ethernet.HEADER_BYTES) {
            return;
        }
        MacAddress destination = Ethernet.destination(frame);
        if (!destination.isGroup() && !destination.equals(own)) {
            forOthers++;
        }
    }

    /** The counts in words. */
    @Override
    public String toString() {
        return "captured " + forOthers + " frames for other stations, " + frames
                + " frames in all, on " + name;
    }
}
