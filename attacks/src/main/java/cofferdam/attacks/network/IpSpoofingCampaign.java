package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.VlanTag;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One run of {@link IpSpoofing}. It listens for nothing: what is answered goes to the true owner. */
final class IpSpoofingCampaign implements Attack.Campaign {

    /** A tag that names no virtual LAN. */
    private static final VlanTag PRIORITY = VlanTag.of(0);

    private final Foothold foothold;
    private final AddressResolution victims;
    private final Plan plan;
    private int number;
    private boolean ready;

    /**
     * What the scenario set.
     *
     * @param ipv6 whether IPv6 instead of IPv4
     * @param unspecified whether the packets name no sender instead of the first victim
     * @param tags VLAN tags before each packet
     * @param atOnce whether nobody is asked for addresses, so that the forged frames are the first
     *     that the port ever sends
     */
    record Plan(
            boolean ipv6,
            boolean unspecified,
            int tags,
            boolean atOnce,
            int frames,
            Duration interval) {}

    IpSpoofingCampaign(Foothold foothold, Plan plan) {
        this.foothold = foothold;
        this.plan = plan;
        victims = new AddressResolution(foothold);
    }

    void begin() {
        if (plan.atOnce()) {
            // Within the very call: the port is not older than this.
            forge(0);
            foothold.agenda()
                    .repeat(plan.interval(), plan.frames(), this::forgeLater, this::finish);
            return;
        }
        foothold.listen(victims::heard);
        victims.begin(() -> foothold.agenda()
                .repeat(plan.interval(), plan.frames(), this::forge, this::finish));
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void stop() {
        foothold.close();
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void forgeLater(int index) {
        if (index > 0) {
            forge(index);
        }
    }

    private void forge(int index) {
        String text = "cofferdam ip-spoofing forged %d of %d".formatted(index + 1, plan.frames());
        List<Ipv4Address> others =
                foothold.victims().subList(1, foothold.victims().size());
        for (Ipv4Address other : others) {
            at(other).ifPresent(mac -> frame(mac, other, text + " unicast").ifPresent(this::send));
        }
        toEverybody(text + " broadcast").ifPresent(this::send);
    }

    private Optional<MacAddress> at(Ipv4Address victim) {
        return plan.atOnce() ? foothold.known(victim) : victims.of(victim);
    }

    /** Empty where the claimed address cannot be made without an answer of its owner. */
    private Optional<byte[]> frame(MacAddress to, Ipv4Address target, String text) {
        var hardware = new Marker.Hardware(foothold.hardware(), to);
        if (!plan.ipv6()) {
            var protocol = new Marker.Protocol(claimed(), target);
            return Optional.of(Marker.frame(hardware, protocol, number, text));
        }
        return claimed(NetworkSetup.IPV6_PREFIX)
                .map(from -> Marker.frame(
                        hardware,
                        new Marker.Protocol6(from, Ipv6Address.eui64(NetworkSetup.IPV6_PREFIX, to)),
                        text));
    }

    private Optional<byte[]> toEverybody(String text) {
        if (!plan.ipv6()) {
            return frame(MacAddress.BROADCAST, Marker.EVERYBODY, text);
        }
        Ipv6Address all = Ipv6Address.ALL_NODES;
        var hardware = new Marker.Hardware(foothold.hardware(), all.multicastMac());
        return claimed(Ipv6Address.LINK_LOCAL)
                .map(from -> Marker.frame(hardware, new Marker.Protocol6(from, all), text));
    }

    private Ipv4Address claimed() {
        return plan.unspecified() ? Ipv4Address.ANY : foothold.victims().getFirst();
    }

    /** What the first victim makes itself of its hardware address (RFC 4862 section 5.3). */
    private Optional<Ipv6Address> claimed(long prefix) {
        return plan.unspecified()
                ? Optional.of(Ipv6Address.ANY)
                : at(foothold.victims().getFirst()).map(mac -> Ipv6Address.eui64(prefix, mac));
    }

    private void send(byte[] frame) {
        number++;
        byte[] tagged = frame;
        for (int tag = 0; tag < plan.tags(); tag++) {
            tagged = PRIORITY.around(tagged);
        }
        foothold.transmitter().send(tagged);
    }

    private void finish() {
        ready = true;
        foothold.report("sent %d packets under addresses that are not its own".formatted(number));
    }
}
