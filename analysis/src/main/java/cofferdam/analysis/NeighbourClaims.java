package cofferdam.analysis;

import cofferdam.analysis.evidence.DiscoveryContent;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Ipv6Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import java.util.List;
import java.util.Optional;

/**
 * What messages of neighbour discovery say (RFC 4861): an advertisement of its target, all others of
 * their senders.
 */
final class NeighbourClaims implements Claims {

    /** An address and where it is said to be. */
    record Binding(Ipv6Address address, MacAddress hardware) {}

    /** What the frame says, if it says anything of the kind. */
    static Optional<Binding> binding(SeenFrame frame) {
        if (!(frame.content() instanceof Ipv6Content packet)) {
            return Optional.empty();
        }
        return packet.discovery()
                .flatMap(message -> message.hardware()
                        .map(hardware -> new Binding(about(packet, message), hardware)));
    }

    private static Ipv6Address about(Ipv6Content packet, DiscoveryContent message) {
        return message.kind() == DiscoveryContent.Kind.NEIGHBOUR_ADVERTISEMENT
                ? message.target()
                : packet.source();
    }

    @Override
    public boolean isFalse(SeenFrame frame, Machine about) {
        return binding(frame)
                .filter(said -> Ipv6Content.belongs(said.address(), about))
                .filter(said -> !said.hardware().equals(about.mac()))
                .isPresent();
    }

    @Override
    public boolean isForeign(SeenFrame frame, Machine sender) {
        return binding(frame)
                .filter(said -> !Ipv6Content.belongs(said.address(), sender)
                        || !said.hardware().equals(sender.mac()))
                .isPresent();
    }

    @Override
    public List<Drops.Filter> filters() {
        return List.of(
                Drops.NEIGHBOURS, Drops.IP, Drops.PROTOCOLS, Drops.TAGS);
    }
}
