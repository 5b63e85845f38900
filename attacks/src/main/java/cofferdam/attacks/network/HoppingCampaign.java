package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.VlanTag;

import java.time.Duration;
import java.util.List;

/** One run of {@link VlanHopping}. */
final class HoppingCampaign implements Attack.Campaign {

    private final Foothold foothold;
    private final AddressResolution victims;
    private final Overheard overheard;
    private final List<Integer> tags;
    private final int frames;
    private final Duration interval;
    private int number;
    private boolean ready;

    /** @param tags the virtual LANs that the tags name, the innermost first */
    HoppingCampaign(Foothold foothold, List<Integer> tags, int frames, Duration interval) {
        this.foothold = foothold;
        this.tags = List.copyOf(tags);
        this.frames = frames;
        this.interval = interval;
        victims = new AddressResolution(foothold);
        overheard = new Overheard(foothold.nic());
    }

    /** Asks without tags first: across a separation nobody answers, and what is known must do. */
    void begin() {
        foothold.listen(frame -> {
            victims.heard(frame);
            overheard.count(frame);
        });
        foothold.becomePromiscuous();
        victims.begin(() -> foothold.agenda().repeat(interval, frames, this::hop, this::hopped));
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void stop() {
        if (stopped()) {
            return;
        }
        foothold.report(overheard.toString());
        foothold.close();
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void hop(int index) {
        String text = "cofferdam vlan-hopping %d of %d".formatted(index + 1, frames);
        for (Ipv4Address victim : foothold.victims()) {
            victims.of(victim).ifPresent(mac -> send(mac, victim, text + " unicast"));
        }
        send(MacAddress.BROADCAST, Marker.EVERYBODY, text + " broadcast");
    }

    private void send(MacAddress to, Ipv4Address target, String text) {
        byte[] frame = Marker.frame(
                new Marker.Hardware(foothold.hardware(), to),
                new Marker.Protocol(foothold.protocol(), target),
                ++number,
                text);
        for (int network : tags) {
            frame = VlanTag.of(network).around(frame);
        }
        foothold.transmitter().send(frame);
    }

    private void hopped() {
        ready = true;
        foothold.report("sent %d frames with %d tags".formatted(number, tags.size()));
    }
}
