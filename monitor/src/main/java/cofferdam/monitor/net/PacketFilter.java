package cofferdam.monitor.net;

import java.util.Map;

/**
 * Judges packets of certain protocols, each by a rule of its own; others pass. A frame that ends
 * before its EtherType does not.
 */
final class PacketFilter implements IngressFilter {

    private final String name;
    private final Sight sight;
    private final Map<Integer, PacketRule> rules;

    /**
     * @param name the policy key that asks for it
     * @param rules by EtherType
     */
    PacketFilter(String name, Sight sight, Map<Integer, PacketRule> rules) {
        this.name = name;
        this.sight = sight;
        this.rules = Map.copyOf(rules);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
        int type = sight.typeOffset(buffer, offset, length);
        if (type + 2 > length) {
            return false;
        }
        PacketRule rule = rules.get(FrameHeader.u16(buffer, offset + type));
        return rule == null || rule.passes(ingress, buffer, offset + type + 2, offset + length);
    }

    @Override
    public void linkDown(FabricPort port) {
        rules.values().forEach(rule -> rule.linkDown(port));
    }
}
