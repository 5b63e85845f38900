package cofferdam.scenarios;

import cofferdam.attacks.SettingValues;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.yaml.DurationText;
import cofferdam.monitor.yaml.YamlText;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes scenario files. */
final class ScenarioWriter {

    private ScenarioWriter() {}

    static String write(Scenario scenario) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("scenario", scenario.name());
        root.put("summary", scenario.summary());
        root.put(
                "properties",
                scenario.properties().stream().map(ScenarioWriter::property).toList());
        root.put("links", links(scenario.links()));
        root.put("limit", DurationText.of(scenario.limit()));
        root.put("steps", scenario.steps().stream().map(ScenarioWriter::step).toList());
        return YamlText.of(root);
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
        return keys;
    }

    private static Map<String, Object> step(Step step) {
        return switch (step) {
            case Step.Probe(var from, var to, var count, var interval) ->
                Map.of("probe", series(from, to, count, DurationText.of(interval)));
            case Step.Ping(var from, var to, var count, var interval) ->
                Map.of("ping", series(from, to, count, DurationText.of(interval)));
            case Step.Login(var from, var to) -> Map.of("login", ends(from, to));
            case Step.Start start -> Map.of("start", start(start));
            case Step.Stop(var attack) -> Map.of("stop", attack);
            case Step.Wait(var time) -> Map.of("wait", DurationText.of(time));
            case Step.SetCable(var machine, var connected) ->
                Map.of("cable", cable(machine, connected));
        };
    }

    private static Map<String, Object> ends(String from, String to) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("from", from);
        keys.put("to", to);
        return keys;
    }

    private static Map<String, Object> series(String from, String to, int count, String interval) {
        Map<String, Object> keys = ends(from, to);
        keys.put("count", count);
        keys.put("interval", interval);
        return keys;
    }

    private static Map<String, Object> start(Step.Start start) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("attack", start.attack());
        keys.put("by", start.by());
        keys.put("victims", start.victims());
        keys.put("settings", settings(start.settings()));
        return keys;
    }

    /** In the order of their names: the values come from hash maps. */
    private static Map<String, Object> settings(SettingValues settings) {
        Map<String, Object> keys = new TreeMap<>(settings.counts());
        settings.spans().forEach((name, time) -> keys.put(name, DurationText.of(time)));
        return keys;
    }

    private static Map<String, Object> cable(String machine, boolean connected) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("machine", machine);
        keys.put("connected", connected);
        return keys;
    }
}
