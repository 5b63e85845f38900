package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Tells the second victim one lie by ARP (RFC 826), in a reply and in an announcement to everybody
 * (RFC 5227), again and again: a false protocol address, a false hardware address, or both. Filters
 * look at one or the other; this tells which. What comes in for the first victim is handed on.
 */
public final class ArpSpoofing implements Attack {

    private static final Victims VICTIMS = new Victims(2, 2);

    private static final Setting.Choice CLAIM = new Setting.Choice(
            "claim",
            "what is false: the first victim's protocol address at the attacker's hardware address,"
                    + " the attacker's protocol address at the first victim's hardware address,"
                    + " or the first victim's protocol address at nobody's",
            List.of("ip", "mac", "both"));

    private static final Setting.Count ROUNDS = new Setting.Count(
            "rounds", "how often the lie is told before it should have been believed", 3, 3, 60);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two rounds",
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMinutes(1));

    @Override
    public String name() {
        return "arp-spoofing";
    }

    @Override
    public String summary() {
        return "claims by ARP a protocol address, a hardware address or both that are not its own";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(CLAIM, ROUNDS, INTERVAL);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        String claim = adversary.settings().choice(CLAIM.name());
        StationForge forge = new StationForge(adversary.random());
        ArpClaims claims = new ArpClaims(
                foothold, ArpClaims.Claim.valueOf(claim.toUpperCase(Locale.ROOT)), forge);
        ClaimingCampaign campaign = new ClaimingCampaign(
                foothold,
                claims,
                adversary.settings().count(ROUNDS.name()),
                adversary.settings().span(INTERVAL.name()));
        campaign.begin();
        return campaign;
    }
}
