package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.yaml.DateText;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a user names on the command line, looked up; everything that is wrong is reported at once.
 */
final class Choices {

    private final List<String> problems = new ArrayList<>();

    /** Loads by name or path. */
    private interface Loader<T> {
        T load(String nameOrPath) throws InvalidFileException;
    }

    /** The scenarios of these names, suites and files, each once. */
    List<Scenario> scenarios(List<String> names) {
        Set<Scenario> chosen = new LinkedHashSet<>();
        load(names, Scenarios.builtIn()::load).forEach(chosen::addAll);
        checkNames("scenario", chosen, Scenario::name);
        return List.copyOf(chosen);
    }

    /** The policies of these names and files, each once. */
    List<Policy> policies(List<String> names) {
        Set<Policy> chosen = new LinkedHashSet<>(load(names, Policies::load));
        checkNames("policy", chosen, Policy::name);
        return List.copyOf(chosen);
    }

    /** The expectations of this name or file. */
    Optional<Expectations> expectations(Optional<String> name) {
        return name.stream()
                .flatMap(each -> load(List.of(each), Expectations::load).stream())
                .findFirst();
    }

    /** The monitor of this name among these, if it works here. */
    Optional<Monitor> monitor(String name, List<Monitor> monitors) {
        Optional<Monitor> chosen =
                monitors.stream().filter(monitor -> monitor.name().equals(name)).findFirst();
        if (chosen.isEmpty()) {
            String all = monitors.stream().map(Monitor::name).collect(Collectors.joining(", "));
            problems.add("monitor '%s' is unknown; there are: %s".formatted(name, all));
        }
        chosen.flatMap(Monitor::unavailable)
                .ifPresent(reason -> problems.add(
                        "monitor '%s' does not work here: %s".formatted(name, reason)));
        return chosen;
    }

    /** The seed, which may be any number from 0. */
    long seed(long number) {
        if (number < 0) {
            problems.add("--seed %d is negative; seeds go from 0 to %d"
                    .formatted(number, Long.MAX_VALUE));
        }
        return number;
    }

    /** The day of {@code --today}, or else today in UTC. */
    LocalDate today(Optional<String> given) {
        Optional<LocalDate> day = given.flatMap(DateText::parse);
        if (given.isPresent() && day.isEmpty()) {
            reject("--today '%s' is not a date such as 2027-01-31".formatted(given.get()));
        }
        return day.orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
    }

    /** Adds a problem that somebody else found. */
    void reject(String problem) {
        problems.add(problem);
    }

    /** Fails with every problem so far, if there is any. */
    void check() throws BadInputException {
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
    }

    private <T> List<T> load(List<String> names, Loader<T> loader) {
        List<T> loaded = new ArrayList<>();
        for (String name : names) {
            try {
                loaded.add(loader.load(name));
            } catch (InvalidFileException invalid) {
                invalid.problems().stream().map(Problem::toString).forEach(problems::add);
            }
        }
        return loaded;
    }

    /** Two different things of one name would share a folder of the bundle. */
    private <T> void checkNames(String kind, Set<T> things, Function<T, String> name) {
        things.stream()
                .collect(Collectors.groupingBy(name, TreeMap::new, Collectors.counting()))
                .forEach((shared, count) -> {
                    if (count > 1) {
                        problems.add(
                                "%d different files have the %s name '%s'; each needs a name of its own"
                                        .formatted(count, kind, shared));
                    }
                });
    }
}
