package cofferdam.analysis.inspect;

import cofferdam.monitor.pcapng.CapturedFrame;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.namednumber.ArpOperation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who claimed which address when, by ARP (RFC 826) and Neighbour Discovery (RFC 4861). */
final class AddressHistory {

    /** The most claims that are kept; what follows is left out. */
    static final int MAXIMUM_CLAIMS = 100_000;

    private static final String NOBODY = "0.0.0.0";
    private static final String NOBODY_OF_IPV6 = "::";

    private final List<Claim> claims = new ArrayList<>();
    private final Map<String, Integer> latest = new HashMap<>();

    void take(CapturedFrame frame, Dissection dissection) {
        Optional<ArpPacket> arp = dissection.layer(ArpPacket.class);
        if (arp.isPresent()) {
            take(frame, dissection, arp.get().getHeader());
            return;
        }
        NeighbourMessage.in(dissection)
                .ifPresent(message -> take(
                        frame,
                        dissection,
                        message.name(),
                        message.address().toString(),
                        message.hardware().toString()));
    }

    private void take(CapturedFrame frame, Dissection dissection, ArpHeader arp) {
        boolean reply = arp.getOperation().equals(ArpOperation.REPLY);
        take(
                frame,
                dissection,
                reply ? "ARP reply" : "ARP request",
                arp.getSrcProtocolAddr().getHostAddress(),
                arp.getSrcHardwareAddr().toString());
    }

    private void take(
            CapturedFrame frame,
            Dissection dissection,
            String message,
            String address,
            String hardware) {
        if (address.equals(NOBODY) || address.equals(NOBODY_OF_IPV6)) {
            return;
        }
        Integer index = latest.get(address);
        if (index != null && claims.get(index).hardware().equals(hardware)) {
            claims.set(index, claims.get(index).again());
            return;
        }
        if (claims.size() == MAXIMUM_CLAIMS) {
            return;
        }
        latest.put(address, claims.size());
        claims.add(new Claim(
                address,
                hardware,
                dissection.from().hardware(),
                message,
                frame.number(),
                frame.time(),
                1,
                index == null ? "" : claims.get(index).hardware()));
    }

    List<Claim> claims() {
        return List.copyOf(claims);
    }
}
