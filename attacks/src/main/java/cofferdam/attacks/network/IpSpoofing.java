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
 * Sends packets under the first victim's protocol address from its own hardware address, to the
 * second victim if there is one and to everybody. Hypervisors that hold a guest to its hardware
 * address often leave it the choice of its protocol address.
 */
public final class IpSpoofing implements Attack {

    private static final Victims VICTIMS = new Victims(1, 2);

    private static final Setting.Choice FAMILY =
            new Setting.Choice("family", "which protocol", List.of("ipv4", "ipv6"));

    private static final Setting.Choice FROM = new Setting.Choice(
            "from",
            "under whose address: the first victim's or nobody's",
            List.of("victim", "unspecified"));

    private static final Setting.Count TAGS = new Setting.Count(
            "tags",
            "how many VLAN tags that carry a priority alone stand before the packet",
            0,
            0,
            2);

    private static final Setting.Choice BEGIN = new Setting.Choice(
            "begin",
            "whether the victims are asked for their hardware addresses before, or known ones do",
            List.of("asking", "at-once"));

    private static final Setting.Count FRAMES = new Setting.Count(
            "frames", "how many forged frames go to each of the addressees", 10, 1, 10_000);

    private static final Setting.Span INTERVAL = new Setting.Span(
            "interval",
            "time between two forged frames to the same addressee",
            Duration.ofMillis(100),
            Duration.ofNanos(1_000),
            Duration.ofSeconds(10));

    @Override
    public String name() {
        return "ip-spoofing";
    }

    @Override
    public String summary() {
        return "sends packets under another machine's protocol address";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(FAMILY, FROM, TAGS, BEGIN, FRAMES, INTERVAL);
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Foothold foothold = Foothold.take(this, adversary, Foothold.MAXIMUM_FRAMES);
        SettingValues settings = adversary.settings();
        var plan = new IpSpoofingCampaign.Plan(
                settings.choice(FAMILY.name()).equals("ipv6"),
                settings.choice(FROM.name()).equals("unspecified"),
                settings.count(TAGS.name()),
                settings.choice(BEGIN.name()).equals("at-once"),
                settings.count(FRAMES.name()),
                settings.span(INTERVAL.name()));
        IpSpoofingCampaign campaign = new IpSpoofingCampaign(foothold, plan);
        campaign.begin();
        return campaign;
    }
}
