package cofferdam.scenarios.lab;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Attacks;
import cofferdam.attacks.Setting;
import cofferdam.attacks.SettingValues;
import cofferdam.monitor.yaml.DurationText;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An attack as a user orders it: {@code NAME by MACHINE [with MACHINE] [victims A,B] [KEY=VALUE]...}.
 */
record AttackOrder(
        Attack attack,
        String by,
        Optional<String> accomplice,
        List<String> victims,
        SettingValues settings) {

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    static AttackOrder parse(List<String> words) throws LabException {
        Attack attack = attack(words.isEmpty() ? "" : words.getFirst());
        Words given = Words.read(words.subList(1, words.size()));
        String by = given.by.orElseThrow(
                () -> new LabException("%s needs 'by MACHINE'".formatted(attack.name())));
        checkVictims(attack, given.victims);
        if (attack.accomplice() != given.with.isPresent()) {
            throw new LabException(
                    attack.accomplice()
                            ? "%s needs 'with MACHINE'".formatted(attack.name())
                            : "'with' has no meaning for %s".formatted(attack.name()));
        }
        return new AttackOrder(
                attack, by, given.with, given.victims, settings(attack, given.settings));
    }

    private static Attack attack(String name) throws LabException {
        return Attacks.named(name)
                .orElseThrow(() ->
                        new LabException("no attack '%s'; 'attacks' lists them".formatted(name)));
    }

    /** What of an attack can be set, a line each. */
    static List<String> settings(String name) throws LabException {
        Attack attack = attack(name);
        Columns columns = new Columns();
        columns.row("victims", taken(attack.victims()), attack.summary());
        for (Setting setting : attack.settings()) {
            columns.row(setting.name(), preset(setting), setting.summary());
        }
        return columns.lines();
    }

    private static String taken(Attack.Victims victims) {
        return victims.minimum() == victims.maximum()
                ? Integer.toString(victims.minimum())
                : victims.minimum() + " to " + victims.maximum();
    }

    private static String preset(Setting setting) {
        return switch (setting) {
            case Setting.Count count -> Integer.toString(count.preset());
            case Setting.Span span -> DurationText.of(span.preset());
            case Setting.Choice choice -> String.join("|", choice.values());
        };
    }

    private static void checkVictims(Attack attack, List<String> victims) throws LabException {
        Attack.Victims taken = attack.victims();
        if (victims.size() < taken.minimum() || victims.size() > taken.maximum()) {
            throw new LabException("%s takes from %d to %d victims, not %d"
                    .formatted(attack.name(), taken.minimum(), taken.maximum(), victims.size()));
        }
    }

    private static SettingValues settings(Attack attack, Map<String, String> given)
            throws LabException {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Duration> spans = new HashMap<>();
        Map<String, String> choices = new HashMap<>();
        for (Map.Entry<String, String> each : given.entrySet()) {
            String value = each.getValue();
            switch (setting(attack, each.getKey())) {
                case Setting.Count count -> counts.put(count.name(), count(count, value));
                case Setting.Span span -> spans.put(span.name(), span(span, value));
                case Setting.Choice choice -> choices.put(choice.name(), choice(choice, value));
            }
        }
        return SettingValues.of(attack.settings(), counts, spans, choices);
    }

    private static Setting setting(Attack attack, String name) throws LabException {
        for (Setting setting : attack.settings()) {
            if (setting.name().equals(name)) {
                return setting;
            }
        }
        String all =
                attack.settings().stream().map(Setting::name).collect(Collectors.joining(", "));
        throw new LabException("%s has no setting '%s'; it has: %s"
                .formatted(attack.name(), name, all.isEmpty() ? "none" : all));
    }

    private static int count(Setting.Count setting, String value) throws LabException {
        int number = COUNT.matcher(value).matches() ? Integer.parseInt(value) : -1;
        if (number < setting.minimum() || number > setting.maximum()) {
            throw new LabException("%s '%s' is not a whole number from %d to %d"
                    .formatted(setting.name(), value, setting.minimum(), setting.maximum()));
        }
        return number;
    }

    private static Duration span(Setting.Span setting, String value) throws LabException {
        return DurationText.parse(value)
                .filter(span -> span.compareTo(setting.minimum()) >= 0
                        && span.compareTo(setting.maximum()) <= 0)
                .orElseThrow(() -> new LabException("%s '%s' is not a time from %s to %s"
                        .formatted(
                                setting.name(),
                                value,
                                DurationText.of(setting.minimum()),
                                DurationText.of(setting.maximum()))));
    }

    private static String choice(Setting.Choice setting, String value) throws LabException {
        if (!setting.values().contains(value)) {
            throw new LabException("%s '%s' is not one of %s"
                    .formatted(setting.name(), value, String.join(", ", setting.values())));
        }
        return value;
    }

    /** The words behind an attack's name. */
    private static final class Words {
        private Optional<String> by = Optional.empty();
        private Optional<String> with = Optional.empty();
        private List<String> victims = List.of();
        private final Map<String, String> settings = new HashMap<>();

        static Words read(List<String> words) throws LabException {
            Words read = new Words();
            Iterator<String> rest = words.iterator();
            while (rest.hasNext()) {
                String word = rest.next();
                int equals = word.indexOf('=');
                if (equals > 0) {
                    read.settings.put(word.substring(0, equals), word.substring(equals + 1));
                    continue;
                }
                if (!rest.hasNext()) {
                    throw new LabException("nothing stands behind '%s'".formatted(word));
                }
                read.take(word, rest.next());
            }
            return read;
        }

        private void take(String key, String value) throws LabException {
            switch (key) {
                case "by" -> by = Optional.of(value);
                case "with" -> with = Optional.of(value);
                case "victims" -> victims = List.of(value.split(",", -1));
                default ->
                    throw new LabException(
                            "'%s' is not by, with, victims or KEY=VALUE".formatted(key));
            }
        }
    }
}
