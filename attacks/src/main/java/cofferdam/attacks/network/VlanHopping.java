package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.SettingValues;

import java.time.Duration;
import java.util.List;

/**
 * Sends frames into the victim's virtual LAN by tags of its own (IEEE Std 802.1Q): one that names
 * the victim's LAN, which a port must not take from a guest; or two, of which the outer names the
 * LAN that a trunk carries without tags, so that the next switch sees the inner one. It listens in
 * promiscuous mode for what comes back.
 */
public final class VlanHopping implements Attack {

    private static final Victims VICTIMS = new Victims(1, 2);
    private static final int LAST_NETWORK = 4094;

    private static final Setting.Count TAGS =
            new Setting.Count("tags", "how many tags stand before the packet", 1, 1, 2);

    private static final Setting.Count NATIVE = new Setting.Count(
            "native", "the virtual LAN that the outer of two tags names", 1, 1, LAST_NETWORK);

    private static final Setting.Count TARGET =
            new Setting.Count("target", "the virtual LAN of the victims", 20, 1, LAST_NETWORK);

    private static final Setting.Count FRAMES = new Setting.Count(
            "frames", "how many frames go to each of the addressees", 10, 1, 10_000);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two frames to the same addressee",
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofSeconds(10));

    @Override
    public String name() {
        return "vlan-hopping";
    }

    @Override
    public String summary() {
        return "sends frames into another virtual LAN by tags of its own, and listens";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(TAGS, NATIVE, TARGET, FRAMES, INTERVAL);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        SettingValues settings = adversary.settings();
        List<Integer> tags = settings.count(TAGS.name()) == 1
                ? List.of(settings.count(TARGET.name()))
                : List.of(settings.count(TARGET.name()), settings.count(NATIVE.name()));
        HoppingCampaign campaign = new HoppingCampaign(
                foothold, tags, settings.count(FRAMES.name()), settings.span(INTERVAL.name()));
        campaign.begin();
        return campaign;
    }
}
