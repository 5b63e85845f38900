package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/**
 * Sends frames under the first victim's hardware address, to the second victim if there is one and
 * to everybody, and then takes that address for its own interface.
 */
public final class MacSpoofing implements Attack {

    private static final Victims VICTIMS = new Victims(1, 2);

    private static final Setting.Count FRAMES = new Setting.Count(
            "frames", "how many forged frames go to each of the addressees", 10, 1, 10_000);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two forged frames to the same addressee",
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofSeconds(10));

    private static final Setting.Span HOLD = new Setting.Span(
            "hold",
            "how long the clone shows itself and counts what comes for the victim",
            Duration.ofSeconds(2),
            Duration.ofMillis(1),
            Duration.ofHours(1));

    @Override
    public String name() {
        return "mac-spoofing";
    }

    @Override
    public String summary() {
        return "sends frames under another machine's hardware address, then takes the address";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(FRAMES, INTERVAL, HOLD);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        SpoofingCampaign campaign = new SpoofingCampaign(
                foothold,
                adversary.settings().count(FRAMES.name()),
                adversary.settings().span(INTERVAL.name()),
                adversary.settings().span(HOLD.name()));
        campaign.begin();
        return campaign;
    }
}
