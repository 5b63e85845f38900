package cofferdam.scenarios.agreement;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.comparison.Experiment;
import cofferdam.scenarios.comparison.Outcome;
import cofferdam.scenarios.comparison.Trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tries on a model whether a setting that a monitor does not enforce accounts for its verdict. An
 * event says in words what the monitor has instead, so the values that the built-in policies have are
 * tried; where the words name some of them, only those.
 */
final class Settings {

    private final Experiment model;
    private final Map<Trial, Outcome> known = new LinkedHashMap<>();

    /** @param model runs trials on a monitor whose outcomes depend on the trial alone */
    Settings(Experiment model) {
        this.model = model;
    }

    /** What the model's verdict of a property is. */
    Verdict verdict(Scenario scenario, Policy policy, int property) {
        return outcomes(List.of(new Trial(scenario, policy))).getFirst().verdict(property);
    }

    /** Whether the model can be given another value of the setting. */
    static boolean canBeTried(Policy policy, Event.SettingNotEnforced setting) {
        return !candidates(policy, setting).isEmpty();
    }

    /** The first changes of these settings with which the model gives the verdict: one, or all. */
    Optional<List<PolicyChange>> giving(
            Verdict wanted,
            Scenario scenario,
            Policy policy,
            int property,
            List<Event.SettingNotEnforced> settings) {
        List<List<PolicyChange>> sets = new ArrayList<>();
        settings.forEach(setting -> sets.addAll(candidates(policy, setting)));
        sets.addAll(together(policy, settings));
        List<List<PolicyChange>> possible = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (List<PolicyChange> changes : sets) {
            with(policy, changes).ifPresent(changed -> {
                possible.add(changes);
                trials.add(new Trial(scenario, changed));
            });
        }
        List<Outcome> outcomes = outcomes(trials);
        for (int at = 0; at < possible.size(); at++) {
            if (outcomes.get(at).verdict(property) == wanted) {
                return Optional.of(possible.get(at));
            }
        }
        return Optional.empty();
    }

    private List<Outcome> outcomes(List<Trial> trials) {
        List<Trial> missing = trials.stream()
                .distinct()
                .filter(trial -> !known.containsKey(trial))
                .toList();
        List<Outcome> made = missing.isEmpty() ? List.of() : model.outcomes(missing);
        for (int at = 0; at < missing.size(); at++) {
            known.put(missing.get(at), made.get(at));
        }
        return trials.stream()
                .map(trial -> Objects.requireNonNull(known.get(trial)))
                .toList();
    }

    /** The other values that the setting has in built-in policies. */
    private static List<List<PolicyChange>> candidates(
            Policy policy, Event.SettingNotEnforced setting) {
        Set<List<PolicyChange>> all = new LinkedHashSet<>();
        for (Policy other : Policies.all()) {
            List<PolicyChange> changes = PolicyKeys.differences(policy, other).stream()
                    .filter(change -> isOf(change, setting))
                    .toList();
            if (!changes.isEmpty()) {
                all.add(changes);
            }
        }
        List<List<PolicyChange>> named = all.stream()
                .filter(changes -> changes.stream().allMatch(change -> isNamed(change, setting)))
                .toList();
        return named.isEmpty() ? List.copyOf(all) : named;
    }

    /** All of them at once, as each built-in policy has them. */
    private static Set<List<PolicyChange>> together(
            Policy policy, List<Event.SettingNotEnforced> settings) {
        Set<List<PolicyChange>> all = new LinkedHashSet<>();
        for (Policy other : Policies.all()) {
            List<PolicyChange> changes = PolicyKeys.differences(policy, other).stream()
                    .filter(change -> settings.stream().anyMatch(setting -> isOf(change, setting)))
                    .toList();
            if (changes.size() > 1) {
                all.add(changes);
            }
        }
        return all;
    }

    private static boolean isOf(PolicyChange change, Event.SettingNotEnforced setting) {
        return change.key().equals(setting.subject())
                || change.key().startsWith(setting.subject() + ".");
    }

    private static boolean isNamed(PolicyChange change, Event.SettingNotEnforced setting) {
        return Pattern.compile("(?<![\\w-])%s(?![\\w-])".formatted(Pattern.quote(change.value())))
                .matcher(setting.outcome())
                .find();
    }

    private static Optional<Policy> with(Policy policy, List<PolicyChange> changes) {
        try {
            return Optional.of(PolicyKeys.with(policy, changes));
        } catch (InvalidFileException contradictory) {
            return Optional.empty();
        }
    }
}
