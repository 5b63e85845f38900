package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One run of {@link GuestContact}. */
final class ContactCampaign implements Attack.Campaign {

    /** EtherType for experiments within a network (IEEE Std 802, clause 9.2.3). */
    static final int LOCAL_EXPERIMENT = 0x88b5;

    /** All hosts on the link, 224.0.0.1, and where its frames go (RFC 1112 section 6.4). */
    private static final Ipv4Address ALL_HOSTS = Ipv4Address.parse("224.0.0.1");

    private static final MacAddress ALL_HOSTS_MAC = MacAddress.parse("01:00:5e:00:00:01");

    private final Foothold foothold;
    private final AddressResolution victims;
    private final int frames;
    private final Duration interval;
    private int number;
    private boolean ready;

    ContactCampaign(Foothold foothold, int frames, Duration interval) {
        this.foothold = foothold;
        this.frames = frames;
        this.interval = interval;
        victims = new AddressResolution(foothold);
    }

    void begin() {
        foothold.listen(victims::heard);
        victims.begin(() -> foothold.agenda().repeat(interval, frames, this::contact, this::end));
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

    private void contact(int index) {
        String text = "cofferdam guest-contact %d of %d".formatted(index + 1, frames);
        Ipv4Address guest = foothold.victims().getFirst();
        victims.of(guest).ifPresent(mac -> {
            send(mac, guest, text + " unicast");
            sendUnknown(mac, text + " unknown type");
        });
        send(MacAddress.BROADCAST, Marker.EVERYBODY, text + " broadcast");
        send(ALL_HOSTS_MAC, ALL_HOSTS, text + " multicast");
        sendUnknown(MacAddress.BROADCAST, text + " unknown type to all");
        router().flatMap(victims::of).ifPresent(mac -> send(mac, guest, text + " reflected"));
    }

    private Optional<Ipv4Address> router() {
        return foothold.victims().size() == 2
                ? Optional.of(foothold.victims().getLast())
                : Optional.empty();
    }

    private void send(MacAddress to, Ipv4Address target, String text) {
        foothold.transmitter()
                .send(Marker.frame(
                        new Marker.Hardware(foothold.hardware(), to),
                        new Marker.Protocol(foothold.protocol(), target),
                        ++number,
                        text));
    }

    private void sendUnknown(MacAddress to, String text) {
        number++;
        foothold.transmitter()
                .send(Ethernet.frame(
                        to,
                        foothold.hardware(),
                        LOCAL_EXPERIMENT,
                        text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void end() {
        ready = true;
        foothold.report("sent %d frames to reach %s"
                .formatted(number, foothold.victims().getFirst()));
    }
}
