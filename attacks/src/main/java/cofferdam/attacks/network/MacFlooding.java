package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/**
 * Fills the switch's address table with made-up stations, so that it has no room for the true ones
 * and, if it then floods, shows their frames to everybody. Like macof, but every source address is
 * one that a switch learns: none has the group bit.
 */
public final class MacFlooding implements Attack {

    private static final Victims VICTIMS = new Victims(0, 8);

    private static final Setting.Count FRAMES =
            new Setting.Count("frames", "how many made-up stations send a frame", 4096, 1, 100_000);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two frames",
            Duration.ofNanos(50_000),
            Duration.ofNanos(1_000),
            Duration.ofSeconds(1));

    private static final Setting.Span REFRESH = new Setting.Span(
            "refresh",
            "time until the same stations send again, lest the switch forget them",
            Duration.ofSeconds(60),
            Duration.ofMillis(10),
            Duration.ofHours(1));

    @Override
    public String name() {
        return "mac-flooding";
    }

    @Override
    public String summary() {
        return "fills the switch's address table and listens for frames that are then flooded";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(FRAMES, INTERVAL, REFRESH);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        FloodingCampaign campaign = new FloodingCampaign(
                foothold,
                new StationForge(adversary.random()),
                adversary.settings().count(FRAMES.name()),
                adversary.settings().span(INTERVAL.name()),
                adversary.settings().span(REFRESH.name()));
        campaign.begin();
        return campaign;
    }
}
