package cofferdam.analysis.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * The VLAN tags of a frame (IEEE Std 802.1Q, clause 9.6): after the two addresses any number of
 * times 0x8100 or 0x88a8 (or 0x9100, which providers used before 802.1ad) and 16 bits.
 */
final class VlanTags {

    private static final int AT = 12;
    private static final int BYTES = 4;
    private static final int CUSTOMER = 0x8100;
    private static final int SERVICE = 0x88a8;
    private static final int OLD_SERVICE = 0x9100;
    private static final int NETWORK_MASK = 0xfff;

    private VlanTags() {}

    /** How many there are. */
    static int count(byte[] frame) {
        int count = 0;
        for (int at = AT; isTag(frame, at); at += BYTES) {
            count++;
        }
        return count;
    }

    /** The identifiers that they name, the outermost first. */
    static List<Integer> networks(byte[] frame, int most) {
        List<Integer> networks = new ArrayList<>();
        for (int at = AT; isTag(frame, at) && networks.size() < most; at += BYTES) {
            int control = ((frame[at + 2] & 0xff) << Byte.SIZE) | (frame[at + 3] & 0xff);
            networks.add(control & NETWORK_MASK);
        }
        return networks;
    }

    /** The frame itself if it has none, else a copy without them. */
    static byte[] without(byte[] frame) {
        int skipped = BYTES * count(frame);
        if (skipped == 0) {
            return frame;
        }
        byte[] bare = new byte[frame.length - skipped];
        System.arraycopy(frame, 0, bare, 0, AT);
        System.arraycopy(frame, AT + skipped, bare, AT, bare.length - AT);
        return bare;
    }

    private static boolean isTag(byte[] frame, int at) {
        if (at + BYTES > frame.length) {
            return false;
        }
        int type = (frame[at] & 0xff) << Byte.SIZE | (frame[at + 1] & 0xff);
        return type == CUSTOMER || type == SERVICE || type == OLD_SERVICE;
    }
}
