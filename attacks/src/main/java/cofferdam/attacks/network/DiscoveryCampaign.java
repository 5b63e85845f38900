package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.packet.Ethernet;

import java.time.Duration;
import java.util.List;

/**
 * One run of {@link RogueRouter} or {@link NdSpoofing}: says its lies again and again, forwards what
 * comes in, and puts things right at the end. It listens in promiscuous mode, because what victims
 * ask goes to groups.
 */
final class DiscoveryCampaign implements Attack.Campaign {

    /** Rounds of the truth at the end, and the time between two. */
    static final int TRUE_ROUNDS = 3;

    static final Duration ROUND_GAP = Duration.ofSeconds(1);

    private static final int MAXIMUM_ROUNDS = 1_000_000;

    private final Foothold foothold;
    private final AddressResolution victims;
    private final DiscoveryLies lies;
    private final Ipv6Forwarder forwarder;
    private final int rounds;
    private final Duration interval;
    private Phase phase = Phase.RESOLVING;
    private boolean ready;

    private enum Phase {
        RESOLVING,
        LYING,
        PUTTING_BACK
    }

    /** @param rounds how many come before the attack counts as ready */
    DiscoveryCampaign(
            Foothold foothold,
            AddressResolution victims,
            DiscoveryLies lies,
            int rounds,
            Duration interval) {
        this.foothold = foothold;
        this.victims = victims;
        this.lies = lies;
        this.rounds = rounds;
        this.interval = interval;
        forwarder = new Ipv6Forwarder(foothold, victims);
    }

    void begin() {
        foothold.listen(this::heard);
        foothold.becomePromiscuous();
        victims.begin(() -> {
            phase = Phase.LYING;
            foothold.agenda().repeat(interval, MAXIMUM_ROUNDS, this::lie, () -> {});
        });
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void stop() {
        if (stopped() || phase == Phase.PUTTING_BACK) {
            return;
        }
        boolean lied = phase == Phase.LYING;
        phase = Phase.PUTTING_BACK;
        foothold.agenda().clear();
        List<byte[]> truth = lied ? lies.truth() : List.of();
        foothold.agenda()
                .repeat(
                        ROUND_GAP,
                        truth.isEmpty() ? 0 : TRUE_ROUNDS,
                        round -> truth.forEach(foothold.transmitter()::putBack),
                        this::finish);
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void heard(byte[] frame) {
        victims.heard(frame);
        if (Ethernet.source(frame).equals(foothold.hardware())) {
            return;
        }
        if (phase != Phase.RESOLVING) {
            forwarder.heard(frame);
        }
        if (phase == Phase.LYING) {
            lies.answers(frame).forEach(foothold.transmitter()::send);
        }
    }

    private void lie(int round) {
        ready = ready || round >= rounds;
        lies.told().forEach(foothold.transmitter()::send);
    }

    private void finish() {
        foothold.report("forwarded " + forwarder.forwarded() + " frames");
        foothold.close();
    }
}
