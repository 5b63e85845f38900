package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/**
 * Makes a learning switch believe that the victims live at the attacker's port, by a stream of
 * frames under their hardware addresses, and hands on what it gets that way. On the wire it does as
 * ettercap's {@code port} does.
 */
public final class PortStealing implements Attack {

    private static final Victims VICTIMS = new Victims(1, 8);

    private static final Setting.Count FRAMES = new Setting.Count(
            "frames",
            "how many stealing frames are sent for each victim, at most",
            1_000_000,
            1,
            (int) Foothold.MAXIMUM_FRAMES);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two stealing frames for the same victim",
            Duration.ofMillis(1),
            Duration.ofNanos(10_000),
            Duration.ofSeconds(1));

    @Override
    public String name() {
        return "port-stealing";
    }

    @Override
    public String summary() {
        return "makes the switch send other machines' frames here, and hands them on";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(FRAMES, INTERVAL);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        StealingCampaign campaign = new StealingCampaign(
                foothold,
                adversary.settings().count(FRAMES.name()),
                adversary.settings().span(INTERVAL.name()));
        campaign.begin();
        return campaign;
    }
}
