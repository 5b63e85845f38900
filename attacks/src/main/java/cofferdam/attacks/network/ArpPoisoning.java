package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/**
 * Tells each of two victims by ARP replies that the other is at the attacker, and forwards what
 * then comes in, so that the victims notice nothing. On the wire it does as ettercap's {@code arp}
 * does.
 */
public final class ArpPoisoning implements Attack {

    private static final Victims VICTIMS = new Victims(2, 2);

    // Linux ignores a reply that comes less than a second after its entry last changed. The echo
    // has
    // just made the entry: the first round is lost there, the second comes to the very second and
    // may be, the third counts.
    private static final Setting.Count WARM_UP_ROUNDS = new Setting.Count(
            "warm-up-rounds", "rounds of poisoned replies, one second apart, at first", 3, 3, 60);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two rounds of poisoned replies after the warm-up",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofHours(1));

    @Override
    public String name() {
        return "arp-poisoning";
    }

    @Override
    public String summary() {
        return "gets between two machines by false ARP replies and forwards their traffic";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(WARM_UP_ROUNDS, INTERVAL);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        PoisoningCampaign campaign = new PoisoningCampaign(
                foothold,
                adversary.settings().count(WARM_UP_ROUNDS.name()),
                adversary.settings().span(INTERVAL.name()));
        campaign.begin();
        return campaign;
    }
}
