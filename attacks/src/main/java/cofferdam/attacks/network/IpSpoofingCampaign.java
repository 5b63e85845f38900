package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One run of {@link IpSpoofing}. It listens for nothing: what is answered goes to the true owner. */
final class IpSpoofingCampaign implements Attack.Campaign {

    private final Foothold foothold;
    private final AddressResolution victims;
    private final Plan plan;
    private int number;
    private boolean ready;

    /**
     * What the scenario set.
     *
     * @param unspecified whether the packets name no sender instead of the first victim
     * @param tags VLAN tags before each packet
     * @param atOnce whether nobody is asked for addresses, so that the forged frames are the first
     *     that the port ever sends
     */
    record Plan(boolean unspecified, int tags, boolean atOnce, int frames, Duration interval) {}

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
        victims.begin(() ->
                foothold.agenda().repeat(plan.interval(), plan.frames(), this::forge, this::finish));
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
            at(other).ifPresent(mac -> send(mac, other, text + " unicast"));
        }
        send(MacAddress.BROADCAST, Marker.EVERYBODY, text + " broadcast");
    }

    private Optional<MacAddress> at(Ipv4Address victim) {
        return plan.atOnce() ? foothold.known(victim) : victims.of(victim);
    }

    private void send(MacAddress to, Ipv4Address target, String text) {
        Ipv4Address claimed =
                plan.unspecified() ? Ipv4Address.ANY : foothold.victims().getFirst();
        byte[] frame = Marker.frame(
                new Marker.Hardware(foothold.hardware(), to),
                new Marker.Protocol(claimed, target),
                ++number,
                text);
        foothold.transmitter().send(Tags.addPriority(frame, plan.tags()));
    }

    private void finish() {
        ready = true;
        foothold.report("sent %d packets under addresses that are not its own".formatted(number));
    }
}
