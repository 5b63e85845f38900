package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** What ARP messages say of their senders (RFC 826). */
final class ArpClaims implements Claims {

    @Override
    public boolean isFalse(SeenFrame frame, Machine about) {
        return frame.content() instanceof ArpContent arp
                && arp.senderProtocol().equals(about.address())
                && !arp.senderHardware().equals(about.mac());
    }

    /** True claims about others, by which an attack puts things back, are no less foreign. */
    @Override
    public boolean isForeign(SeenFrame frame, Machine sender) {
        return frame.content() instanceof ArpContent arp
                && !(arp.senderProtocol().equals(sender.address())
                        && arp.senderHardware().equals(sender.mac()));
    }

    @Override
    public List<Drops.Filter> filters() {
        return List.of(Drops.ARP, Drops.TAGS);
    }
}
