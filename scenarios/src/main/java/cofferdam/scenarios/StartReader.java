package cofferdam.scenarios;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Setting;
import cofferdam.attacks.SettingValues;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the step that begins an attack, and holds it against what the attack takes. */
final class StartReader {

    private static final List<String> KEYS = List.of("attack", "by", "with", "victims", "settings");

    private final Words<Attack> attacks;

    StartReader(Words<Attack> attacks) {
        this.attacks = attacks;
    }

    Optional<Step> read(YamlMapping mapping) {
        mapping.allow(KEYS);
        Optional<YamlValue> named = mapping.require("attack");
        Optional<Attack> attack = named.flatMap(value -> value.choice(attacks));
        Optional<String> by = mapping.require("by").flatMap(Machines::one);
        List<String> victims = victims(mapping, by.orElse(""));
        attack.ifPresent(found -> checkVictims(mapping, found, victims));
        Optional<String> with =
                attack.flatMap(found -> accomplice(mapping, found, by.orElse(""), victims));
        SettingValues settings = attack.map(found -> settings(mapping, found.settings()))
                .orElse(SettingValues.of(List.of(), Map.of(), Map.of(), Map.of()));
        return attack.flatMap(found ->
                by.map(machine -> new Step.Start(found.name(), machine, with, victims, settings)));
    }

    private static Optional<String> accomplice(
            YamlMapping mapping, Attack attack, String by, List<String> victims) {
        if (!attack.accomplice()) {
            mapping.find("with")
                    .ifPresent(value -> value.reject("has no meaning for " + attack.name()));
            return Optional.empty();
        }
        Optional<YamlValue> given = mapping.require("with");
        Optional<String> with = given.flatMap(Machines::one);
        if (with.filter(name -> name.equals(by) || victims.contains(name)).isPresent()) {
            given.orElseThrow()
                    .reject("'%s' is the attacker or a victim".formatted(with.orElseThrow()));
        }
        return with;
    }

    private static List<String> victims(YamlMapping mapping, String by) {
        Optional<YamlValue> given = mapping.find("victims");
        int most = Vocabulary.MACHINES.size();
        List<String> victims = given.map(value -> Machines.list(value, 0, most)).orElse(List.of());
        if (victims.contains(by)) {
            given.ifPresent(value -> value.reject("include the attacker '%s'".formatted(by)));
        }
        return victims;
    }

    private static void checkVictims(YamlMapping mapping, Attack attack, List<String> victims) {
        Attack.Victims taken = attack.victims();
        if (victims.size() >= taken.minimum() && victims.size() <= taken.maximum()) {
            return;
        }
        String message = "start has %d victims, %s takes from %d to %d"
                .formatted(victims.size(), attack.name(), taken.minimum(), taken.maximum());
        mapping.problems()
                .add(
                        mapping.find("victims").map(YamlValue::position).orElse(mapping.position()),
                        message);
    }

    private static SettingValues settings(YamlMapping mapping, List<Setting> settings) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Duration> spans = new HashMap<>();
        Map<String, String> choices = new HashMap<>();
        Optional<YamlMapping> given = mapping.find("settings")
                .flatMap(YamlValue::mapping)
                .map(found -> found.allow(settings.stream().map(Setting::name).toList()));
        for (Setting setting : settings) {
            given.flatMap(found -> found.find(setting.name()))
                    .ifPresent(value -> read(setting, value, counts, spans, choices));
        }
        return SettingValues.of(settings, counts, spans, choices);
    }

    private static void read(
            Setting setting,
            YamlValue value,
            Map<String, Integer> counts,
            Map<String, Duration> spans,
            Map<String, String> choices) {
        switch (setting) {
            case Setting.Count count ->
                value.count(count.minimum(), count.maximum())
                        .ifPresent(number -> counts.put(count.name(), number));
            case Setting.Span span ->
                value.duration(span.minimum(), span.maximum())
                        .ifPresent(time -> spans.put(span.name(), time));
            case Setting.Choice choice ->
                value.choice(Vocabulary.words(choice.values()))
                        .ifPresent(word -> choices.put(choice.name(), word));
        }
    }
}
