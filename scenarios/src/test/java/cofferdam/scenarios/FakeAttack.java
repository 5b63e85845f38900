package cofferdam.scenarios;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.Setting;

import java.time.Duration;
import java.util.List;

/** An attack that has a name, settings and limits, and is never started. */
record FakeAttack(String name, List<Setting> settings, Victims victims, boolean accomplice)
        implements Attack {

    private static final List<Setting> SETTINGS = List.of(
            new Setting.Count("frames", "how many", 100, 1, 100_000),
            new Setting.Span(
                    "interval",
                    "how often",
                    Duration.ofSeconds(1),
                    Duration.ofNanos(1_000),
                    Duration.ofMinutes(1)));

    private static final List<Setting> FLOOD = List.of(
            SETTINGS.getFirst(),
            SETTINGS.getLast(),
            new Setting.Span(
                    "refresh",
                    "how often again",
                    Duration.ofSeconds(1),
                    Duration.ofMillis(1),
                    Duration.ofMinutes(1)));

    private static final List<Setting> TARGETS = List.of(new Setting.Choice(
            "target",
            "what is changed",
            List.of("file-data", "metadata", "header", "length", "roll-back")));

    private static final List<Setting> FORMATS =
            List.of(new Setting.Choice("format", "which", List.of("qcow2", "vmdk")));

    private static final Setting WAIT = new Setting.Span(
            "wait", "how long", Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofHours(1));

    private static final List<Setting> LEAK = List.of(new Setting.Span(
            "limit", "how long", Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofHours(1)));

    private static final List<Setting> CRASH = List.of(new Setting.Choice(
            "how", "in which way", List.of("overwrite-kernel", "triple-fault", "hang")));

    private static final List<Setting> CLAIMS =
            List.of(new Setting.Choice("claim", "which lie", List.of("ip", "mac", "both")));

    private static final List<Setting> SPOOFED = List.of(
            new Setting.Choice("family", "which protocol", List.of("ipv4", "ipv6")),
            new Setting.Choice("from", "under whose address", List.of("victim", "unspecified")),
            new Setting.Choice("begin", "when", List.of("asking", "at-once")),
            new Setting.Count("tags", "how many", 0, 0, 2),
            new Setting.Count("frames", "how many", 10, 1, 10_000),
            new Setting.Span(
                    "interval",
                    "how often",
                    Duration.ofMillis(100),
                    Duration.ofNanos(1_000),
                    Duration.ofSeconds(10)));

    private static final List<Setting> HOPS = List.of(
            new Setting.Count("tags", "how many", 1, 1, 2),
            new Setting.Count("native", "outer", 1, 1, 4094),
            new Setting.Count("target", "inner", 20, 1, 4094));

    private static final List<Setting> STRESSORS = List.of(new Setting.Choice(
            "stressor",
            "what is used up",
            List.of("memory", "processor", "fork", "disk", "network-send", "network-receive")));

    private static final List<Setting> PROBE =
            List.of(new Setting.Count("of", "how many", 1, 1, 4096), WAIT);

    private static final List<Setting> CHANNEL = List.of(
            new Setting.Count("bits", "how many", 1, 1, 4096),
            new Setting.Count("rounds", "how often", 1, 1, 100),
            WAIT);

    /** The words of the built-in scenarios. */
    static final Vocabulary VOCABULARY = new Vocabulary(
            List.of(
                    new FakeAttack("promiscuous-capture", List.of(), new Victims(0, 8)),
                    new FakeAttack("host-capture", List.of(), new Victims(0, 8)),
                    new FakeAttack("arp-poisoning", SETTINGS, new Victims(2, 2)),
                    new FakeAttack("arp-spoofing", CLAIMS, new Victims(2, 2)),
                    new FakeAttack("ip-spoofing", SPOOFED, new Victims(1, 2)),
                    new FakeAttack("nd-spoofing", SETTINGS, new Victims(2, 2)),
                    new FakeAttack("rogue-dhcp", List.of(), new Victims(2, 2)),
                    new FakeAttack("rogue-router", SETTINGS, new Victims(2, 2)),
                    new FakeAttack("vlan-hopping", HOPS, new Victims(1, 2)),
                    new FakeAttack("guest-contact", List.of(), new Victims(1, 2)),
                    new FakeAttack("mac-flooding", FLOOD, new Victims(0, 8)),
                    new FakeAttack("mac-spoofing", SETTINGS, new Victims(1, 2)),
                    new FakeAttack("port-stealing", SETTINGS, new Victims(1, 8)),
                    new FakeAttack("image-string-search", List.of(), new Victims(1, 4)),
                    new FakeAttack("image-copy", List.of(), new Victims(1, 1)),
                    new FakeAttack("image-corruption", List.of(), new Victims(1, 1)),
                    new FakeAttack("image-tampering", TARGETS, new Victims(1, 1)),
                    new FakeAttack("disk-scan", List.of(), new Victims(0, 4)),
                    new FakeAttack("format-confusion", FORMATS, new Victims(0, 1)),
                    new FakeAttack("memory-exhaustion", LEAK, Victims.NONE),
                    new FakeAttack("guest-crash", CRASH, Victims.NONE),
                    new FakeAttack("host-memory-read", List.of(), new Victims(0, 8)),
                    new FakeAttack("host-process-tampering", List.of(), new Victims(1, 8)),
                    new FakeAttack("management-takeover", List.of(), new Victims(1, 8)),
                    new FakeAttack("device-visibility", List.of(), new Victims(0, 8)),
                    new FakeAttack("noisy-neighbour", STRESSORS, new Victims(0, 8)),
                    new FakeAttack("dedup-probe", PROBE, new Victims(1, 4)),
                    new FakeAttack("covert-channel", CHANNEL, Victims.NONE, true),
                    new FakeAttack("memory-scan", List.of(), new Victims(0, 4)),
                    new FakeAttack("swap-file-search", List.of(), new Victims(0, 4))),
            List.of(
                    "traffic-confidentiality",
                    "host-traffic-confidentiality",
                    "arp-integrity",
                    "mac-authenticity",
                    "ip-authenticity",
                    "nd-integrity",
                    "router-integrity",
                    "network-separation",
                    "guest-separation",
                    "connectivity",
                    "image-confidentiality",
                    "image-integrity",
                    "residual-confidentiality",
                    "host-file-confidentiality",
                    "device-confinement",
                    "performance-isolation",
                    "memory-confinement",
                    "neighbour-availability",
                    "crash-containment",
                    "host-memory-confidentiality",
                    "host-confinement",
                    "management-confinement",
                    "page-sharing-confidentiality",
                    "channel-confinement",
                    "residual-memory-confidentiality",
                    "swap-confidentiality"),
            List.of(
                    "guest-separation",
                    "device-confinement",
                    "performance-isolation",
                    "memory-confinement",
                    "neighbour-availability",
                    "crash-containment",
                    "host-memory-confidentiality",
                    "host-confinement",
                    "management-confinement",
                    "image-confidentiality",
                    "image-integrity",
                    "residual-confidentiality",
                    "host-file-confidentiality",
                    "page-sharing-confidentiality",
                    "residual-memory-confidentiality",
                    "swap-confidentiality"),
            List.of(
                    "host-memory-confidentiality",
                    "host-confinement",
                    "management-confinement",
                    "traffic-confidentiality",
                    "host-traffic-confidentiality",
                    "network-separation",
                    "guest-separation",
                    "image-confidentiality",
                    "image-integrity",
                    "residual-confidentiality",
                    "host-file-confidentiality",
                    "page-sharing-confidentiality",
                    "residual-memory-confidentiality",
                    "swap-confidentiality"));

    /** An attack without accomplice. */
    FakeAttack(String name, List<Setting> settings, Victims victims) {
        this(name, settings, victims, false);
    }

    @Override
    public String summary() {
        return "does nothing";
    }

    @Override
    public Boundary boundary() {
        return Boundary.NETWORK;
    }

    @Override
    public Campaign start(Adversary adversary) {
        throw new IllegalStateException("a scenario is read, not run");
    }
}
