package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/**
 * Tries to reach the first victim over the link in every way that a frame can go: to its own
 * address, to everybody, to a group, under an EtherType that no filter knows; and, where there is a
 * second victim that is a router, with the first one's protocol address to the router's hardware
 * address, which private virtual LANs are known to let through.
 */
public final class GuestContact implements Attack {

    private static final Victims VICTIMS = new Victims(1, 2);

    private static final Setting.Count FRAMES =
            new Setting.Count("frames", "how many frames go each of the ways", 5, 1, 10_000);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two frames that go the same way",
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofSeconds(10));

    @Override
    public String name() {
        return "guest-contact";
    }

    @Override
    public String summary() {
        return "tries to reach another guest over the link, by every kind of frame";
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
        ContactCampaign campaign = new ContactCampaign(
                foothold,
                adversary.settings().count(FRAMES.name()),
                adversary.settings().span(INTERVAL.name()));
        campaign.begin();
        return campaign;
    }
}
