package cofferdam.analysis;

import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says of what was upheld which settings that it may rest on the monitor did not enforce: it held on
 * this monitor, but the policy as it is written was not what was tested.
 */
final class Provisos {

    /** The most settings that a reason names. */
    private static final int NAMED = 8;

    private static final List<String> NETWORK = List.of("network");
    private static final List<String> DISK = List.of("disk");
    private static final List<String> MEMORY = List.of("memory", "cpu");
    private static final List<String> HOST = List.of("monitor");

    /** What policies can say of a property, by the beginning of their keys. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("connectivity", List.of()),
            Map.entry("traffic-confidentiality", NETWORK),
            Map.entry("arp-integrity", NETWORK),
            Map.entry("nd-integrity", NETWORK),
            Map.entry("router-integrity", NETWORK),
            Map.entry("mac-authenticity", NETWORK),
            Map.entry("ip-authenticity", NETWORK),
            Map.entry("network-separation", NETWORK),
            Map.entry("guest-separation", NETWORK),
            Map.entry("host-traffic-confidentiality", List.of("monitor", "network")),
            Map.entry("image-confidentiality", DISK),
            Map.entry("image-integrity", DISK),
            Map.entry("residual-confidentiality", DISK),
            Map.entry("host-file-confidentiality", DISK),
            Map.entry("page-sharing-confidentiality", MEMORY),
            Map.entry("channel-confinement", MEMORY),
            Map.entry("residual-memory-confidentiality", MEMORY),
            Map.entry("swap-confidentiality", MEMORY),
            Map.entry("memory-confinement", MEMORY),
            Map.entry("neighbour-availability", MEMORY),
            Map.entry("performance-isolation", MEMORY),
            Map.entry("host-memory-confidentiality", HOST),
            Map.entry("host-confinement", HOST),
            Map.entry("crash-containment", HOST),
            Map.entry("management-confinement", List.of("management", "monitor")),
            // Of devices.models its own checker says it.
            Map.entry("device-confinement", List.of("devices.passthrough")));

    private Provisos() {}

    /** Whether it is known what policies can say of the property. */
    static boolean knows(Property property) {
        return KEYS.containsKey(property.id());
    }

    /** The judgement with the provisos, where it has any. */
    static Judgement on(Run run, Judgement judgement) {
        if (judgement.verdict() != Verdict.UPHELD) {
            return judgement;
        }
        List<String> keys = KEYS.getOrDefault(judgement.question().property(), List.of());
        List<String> settings = run.events(Event.SettingNotEnforced.class).stream()
                .map(Event.SettingNotEnforced::subject)
                .filter(setting -> keys.stream()
                        .anyMatch(key -> setting.equals(key) || setting.startsWith(key + ".")))
                .distinct()
                .sorted()
                .toList();
        return settings.isEmpty() ? judgement : judgement.because(reason(judgement, settings));
    }

    private static String reason(Judgement judgement, List<String> settings) {
        return "%s; the monitor does not enforce what the policy asks of %s%s"
                .formatted(
                        judgement.reason(),
                        settings.stream().limit(NAMED).collect(Collectors.joining(", ")),
                        settings.size() > NAMED ? " and others" : "");
    }
}
