package cofferdam.scenarios;

import cofferdam.attacks.SettingValues;
import cofferdam.monitor.Endpoint.Way;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.yaml.DurationText;
import cofferdam.monitor.yaml.RateText;
import cofferdam.monitor.yaml.SizeText;
import cofferdam.monitor.yaml.YamlText;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes scenario files. */
final class ScenarioWriter {

    private ScenarioWriter() {}

    static String write(Scenario scenario) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("scenario", scenario.name());
        root.put("summary", scenario.summary());
        if (!scenario.standards().isEmpty()) {
            root.put("standards", scenario.standards());
        }
        root.put(
                "properties",
                scenario.properties().stream().map(ScenarioWriter::property).toList());
        if (!scenario.disks().isEmpty()) {
            Map<String, Object> disks = new TreeMap<>();
            scenario.disks().forEach((machine, size) -> disks.put(machine, SizeText.of(size)));
            root.put("disks", disks);
        }
        if (!scenario.memory().guests().isEmpty()) {
            Map<String, Object> memory = new LinkedHashMap<>();
            scenario.memory()
                    .guests()
                    .forEach((machine, size) -> memory.put(machine, SizeText.of(size)));
            root.put("memory", memory);
            root.put("host-memory", SizeText.of(scenario.memory().host()));
        }
        network(scenario.network(), root);
        root.put("links", links(scenario.links()));
        root.put("limit", DurationText.of(scenario.limit()));
        root.put("steps", scenario.steps().stream().map(ScenarioWriter::step).toList());
        return YamlText.of(root);
    }

    private static void network(NetworkSetup network, Map<String, Object> root) {
        if (network.ipv6()) {
            root.put("ipv6", true);
        }
        if (network.dhcp()) {
            root.put("dhcp", true);
        }
        if (!network.networks().isEmpty()) {
            root.put("networks", new TreeMap<String, Object>(network.networks()));
        }
    }

    private static Map<String, Object> property(PropertyCheck check) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("property", check.property());
        keys.put("subject", check.subject());
        if (!check.observer().isEmpty()) {
            keys.put("observer", check.observer());
        }
        return keys;
    }

    /** A percentage in decimal digits names every loss exactly, without an exponent. */
    private static Map<String, Object> links(Wiring links) {
        BigDecimal percent = BigDecimal.valueOf(links.loss()).movePointRight(2);
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("delay", DurationText.of(links.delay()));
        keys.put("loss", percent.stripTrailingZeros().toPlainString() + "%");
        if (links.bandwidth() > 0) {
            keys.put("bandwidth", RateText.of(links.bandwidth()));
        }
        return keys;
    }

    private static Map<String, Object> step(Step step) {
        return switch (step) {
            case Step.Probe probe ->
                Map.of(
                        "probe",
                        series(
                                probe.from(),
                                probe.to(),
                                probe.over(),
                                probe.count(),
                                probe.interval()));
            case Step.Ping ping ->
                Map.of(
                        "ping",
                        series(ping.from(), ping.to(), ping.over(), ping.count(), ping.interval()));
            case Step.Lease lease ->
                Map.of("lease", pair("machine", lease.machine(), "server", lease.server()));
            case Step.Login login -> Map.of("login", ends(login.from(), login.to()));
            case Step.Start start -> Map.of("start", start(start));
            case Step.Stop stop -> Map.of("stop", stop.attack());
            case Step.Wait wait -> Map.of("wait", DurationText.of(wait.time()));
            case Step.SetCable cable -> Map.of("cable", cable(cable));
            case Step.SetPower power ->
                Map.of("power", pair("machine", power.machine(), "on", power.on()));
            case Step.Save save -> Map.of("save", file(save.machine(), save.file()));
            case Step.ReadFile read -> Map.of("read", file(read.machine(), read.file()));
            case Step.Erase erase -> Map.of("erase", file(erase.machine(), erase.file()));
            case Step.Attach attach ->
                Map.of(
                        "attach",
                        pair("machine", attach.machine(), "size", SizeText.of(attach.size())));
            case Step.Release release -> Map.of("release", Map.of("machine", release.machine()));
            case Step.TakeSnapshot taken ->
                Map.of("snapshot", pair("machine", taken.machine(), "name", taken.name()));
            case Step.DeleteSnapshot deleted ->
                Map.of(
                        "delete-snapshot",
                        pair("machine", deleted.machine(), "name", deleted.name()));
            case Step.Remember remember ->
                Map.of("remember", pair("machine", remember.machine(), "pages", remember.pages()));
            case Step.Recall recall -> Map.of("recall", Map.of("machine", recall.machine()));
            case Step.Forget forget -> Map.of("forget", Map.of("machine", forget.machine()));
            case Step.Hold hold -> Map.of("hold", hold(hold));
            case Step.Reclaim reclaim -> Map.of("reclaim", reclaim(reclaim));
            case Step.Load load -> Map.of("load", load(load));
        };
    }

    private static Map<String, Object> ends(String from, String to) {
        return pair("from", from, "to", to);
    }

    private static Map<String, Object> file(String machine, String file) {
        return pair("machine", machine, "file", file);
    }

    private static Map<String, Object> pair(
            String first, Object firstValue, String second, Object secondValue) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(first, firstValue);
        keys.put(second, secondValue);
        return keys;
    }

    private static Map<String, Object> series(
            String from, String to, Way over, int count, Duration interval) {
        Map<String, Object> keys = ends(from, to);
        if (over != Way.IPV4) {
            keys.put("over", over.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        keys.put("count", count);
        keys.put("interval", DurationText.of(interval));
        return keys;
    }

    private static Map<String, Object> start(Step.Start start) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("attack", start.attack());
        keys.put("by", start.by());
        start.accomplice().ifPresent(machine -> keys.put("with", machine));
        keys.put("victims", start.victims());
        keys.put("settings", settings(start.settings()));
        return keys;
    }

    /** In the order of their names: the values come from hash maps. */
    private static Map<String, Object> settings(SettingValues settings) {
        Map<String, Object> keys = new TreeMap<>(settings.counts());
        settings.spans().forEach((name, time) -> keys.put(name, DurationText.of(time)));
        keys.putAll(settings.choices());
        return keys;
    }

    private static Map<String, Object> hold(Step.Hold hold) {
        Map<String, Object> keys = pair("machine", hold.machine(), "pages", hold.pages());
        keys.put("of", hold.of());
        return keys;
    }

    private static Map<String, Object> reclaim(Step.Reclaim reclaim) {
        Map<String, Object> keys =
                pair("machine", reclaim.machine(), "size", SizeText.of(reclaim.size()));
        keys.put("by", reclaim.by().name().toLowerCase(Locale.ROOT));
        return keys;
    }

    private static Map<String, Object> load(Step.Load load) {
        Map<String, Object> keys = ends(load.from(), load.to());
        keys.put("rate", load.rate());
        keys.put("span", DurationText.of(load.span()));
        keys.put("label", load.label());
        return keys;
    }

    private static Map<String, Object> cable(Step.SetCable cable) {
        return pair("machine", cable.machine(), "connected", cable.connected());
    }
}
