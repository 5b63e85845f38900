package cofferdam.monitor.wire;

import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.packet.Ethernet;

/**
 * A way by which whole Ethernet frames leave this process and enter it. What it accepts goes out;
 * what comes in goes to the attached receiver, one frame an action, on the thread of the loop.
 * Frames have neither preamble nor frame check sequence. Those shorter than an Ethernet header or
 * longer than 1518 bytes (1514 and a VLAN tag) are dropped in both directions and counted as
 * malformed.
 *
 * <p>All methods are called on the thread of the loop. Nothing here fails for a slow or hostile
 * other side: frames are dropped and counted.
 */
public interface FrameWire extends FrameSink, AutoCloseable {

    /** The longest frame that passes: 1514 bytes and a VLAN tag. */
    int MAXIMUM_FRAME = Ethernet.MAXIMUM_BYTES + 4;

    /**
     * Frames that come in go to that receiver from now on. Where the wire can tell, the receiver
     * hears of an other side that came or left after this call as the link's going up and down.
     */
    void attach(FrameSink receiver);

    /** What passed and what did not, since the beginning. */
    WireCounters counters();

    /** Ends it at once; frames that wait are lost. Does nothing if it is closed. */
    @Override
    void close();
}
