package cofferdam.monitor.net;

import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.PacketGuards;

import java.util.Set;

/**
 * Lets only certain EtherTypes pass. Frames with a length instead of a type (IEEE 802.2 framing) do
 * not pass, nor do frames that end before their EtherType. A tag that the filter is not to look
 * behind passes.
 */
final class TypeFilter implements IngressFilter {

    private final Sight sight;
    private final Set<Integer> types;

    private TypeFilter(Sight sight, Set<Integer> types) {
        this.sight = sight;
        this.types = types;
    }

    /** @throws IllegalArgumentException if every protocol passes */
    static TypeFilter of(PacketGuards.Protocols protocols, Sight sight) {
        return switch (protocols) {
            case IP_AND_ARP ->
                new TypeFilter(sight, Set.of(Ethernet.IPV4, FrameHeader.IPV6_TYPE, Ethernet.ARP));
            case IPV4_AND_ARP -> new TypeFilter(sight, Set.of(Ethernet.IPV4, Ethernet.ARP));
            case ANY -> throw new IllegalArgumentException("any protocol needs no filter");
        };
    }

    @Override
    public String name() {
        return "protocols";
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
        int at = sight.typeOffset(buffer, offset, length);
        if (at + 2 > length) {
            return false;
        }
        int type = FrameHeader.u16(buffer, offset + at);
        return types.contains(type) || FrameHeader.isTag(type);
    }
}
