package cofferdam.scenarios.report;

import cofferdam.analysis.story.RunStories;
import cofferdam.analysis.story.Story;
import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a report together. The same runs in the same order give the same report, whatever the clock
 * and the machine.
 */
public final class Reports {

    /** The most accounts with pictures; the pictures of more would make the report too long. */
    static final int MAXIMUM_AT_LENGTH = 200;

    private final List<ReportedRun> runs;
    private final List<Place> places = new ArrayList<>();
    private final Map<RowKey, Integer> rows = new LinkedHashMap<>();
    private final Map<RowKey, Map<Integer, Cell>> cells = new HashMap<>();

    private Reports(List<ReportedRun> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * The report of these runs.
     *
     * @param bundles how the bundles that they are from were named
     * @param versions of the programs that wrote them
     */
    public static Report of(List<String> bundles, List<String> versions, List<ReportedRun> runs) {
        return new Reports(runs).report(bundles, versions);
    }

    /** A configuration: two policies of one name that differ are two. */
    private record Place(
            Policy policy,
            String monitor,
            @Nullable SecuritySupport securitySupport,
            long seed,
            Set<String> scenarios) {

        boolean fits(ReportedRun run) {
            return policy.equals(run.policy())
                    && monitor.equals(run.result().monitor())
                    && Objects.equals(securitySupport, run.result().securitySupport())
                    && seed == run.result().seed();
        }
    }

    private record RowKey(String scenario, String property) {}

    /** What is to be told of one verdict. */
    private record Telling(
            RowKey key,
            int row,
            int column,
            PropertyResult result,
            Optional<Story> story,
            List<String> folder) {

        Account.Case asCase() {
            return new Account.Case(column, result.judgement().reason(), folder);
        }
    }

    private Report report(List<String> bundles, List<String> versions) {
        rowsInOrder();
        List<Telling> tellings = new ArrayList<>();
        runs.forEach(run -> tell(run, tellings));
        List<Account> accounts = accounts(tellings);
        List<PropertyResult> all =
                runs.stream().flatMap(run -> run.result().properties().stream()).toList();
        return new Report(
                bundles,
                versions.stream().distinct().toList(),
                runs.size(),
                columns(),
                rows.entrySet().stream()
                        .map(row -> row(row.getKey(), row.getValue()))
                        .toList(),
                chapters(accounts),
                counts(all),
                (int) all.stream().filter(result -> !result.isAsItShouldBe()).count(),
                (int) all.stream().filter(result -> result.expected() != null).count());
    }

    /** Rows of one scenario stand together, whichever bundle they come from. */
    private void rowsInOrder() {
        Map<String, Set<String>> byScenario = new LinkedHashMap<>();
        for (ReportedRun run : runs) {
            Set<String> properties = byScenario.computeIfAbsent(
                    run.result().scenario(), name -> new LinkedHashSet<>());
            run.result().properties().forEach(result -> properties.add(name(run.result(), result)));
        }
        byScenario.forEach((scenario, properties) -> properties.forEach(
                property -> rows.put(new RowKey(scenario, property), rows.size())));
    }

    private void tell(ReportedRun run, List<Telling> tellings) {
        int column = column(run);
        Stories stories = new Stories(run);
        for (PropertyResult result : run.result().properties()) {
            RowKey key = new RowKey(run.result().scenario(), name(run.result(), result));
            tellings.add(new Telling(
                    key,
                    rows.getOrDefault(key, 0),
                    column,
                    result,
                    stories.of(result),
                    run.folder()));
        }
    }

    /** Told apart by their words as long as that does not make the report too long. */
    private List<Account> accounts(List<Telling> tellings) {
        Map<Shape, List<Telling>> groups = groups(tellings, true);
        if (atLength(groups) > MAXIMUM_AT_LENGTH) {
            groups = groups(tellings, false);
        }
        List<Account> accounts = new ArrayList<>();
        int told = 0;
        for (List<Telling> group : groups.values()) {
            Telling first = group.getFirst();
            told += first.story().isPresent() ? 1 : 0;
            accounts.add(new Account(
                    accounts.size(),
                    first.row(),
                    Outcome.of(first.result()),
                    group.stream().map(Telling::asCase).toList(),
                    first.result(),
                    told > MAXIMUM_AT_LENGTH
                            ? first.story().map(Reports::shortened)
                            : first.story()));
            note(group, accounts.size() - 1);
        }
        return accounts;
    }

    private static Map<Shape, List<Telling>> groups(List<Telling> tellings, boolean strict) {
        Map<Shape, List<Telling>> groups = new LinkedHashMap<>();
        for (Telling telling : tellings) {
            Shape shape = Shape.of(telling.row(), telling.result(), telling.story(), strict);
            groups.computeIfAbsent(shape, key -> new ArrayList<>()).add(telling);
        }
        return groups;
    }

    private static long atLength(Map<Shape, List<Telling>> groups) {
        return groups.values().stream()
                .filter(group -> group.getFirst().story().isPresent())
                .count();
    }

    private static Story shortened(Story story) {
        List<String> problems = new ArrayList<>(story.problems());
        problems.add("frames, bytes and events are left out here, to keep the report small");
        return new Story(story.topology(), List.of(), List.of(), List.of(), List.of(), problems);
    }

    private void note(List<Telling> group, int account) {
        for (Telling telling : group) {
            cells.computeIfAbsent(telling.key(), name -> new HashMap<>())
                    .put(
                            telling.column(),
                            new Cell(Outcome.of(telling.result()), telling.result(), account));
        }
    }

    /** A run's stories; its evidence is read only if one of them is told. */
    private static final class Stories {

        private final ReportedRun run;
        private @Nullable RunStories read;

        Stories(ReportedRun run) {
            this.run = run;
        }

        Optional<Story> of(PropertyResult result) {
            if (!Outcome.of(result).isToldAtLength()) {
                return Optional.empty();
            }
            if (read == null) {
                read = RunStories.read(run.files(), run.policy());
            }
            return Optional.of(read.of(result.judgement()));
        }
    }

    /** The first column of the run's configuration that has not had its scenario yet. */
    private int column(ReportedRun run) {
        for (int number = 0; number < places.size(); number++) {
            Place place = places.get(number);
            if (place.fits(run) && place.scenarios().add(run.result().scenario())) {
                return number;
            }
        }
        Set<String> scenarios = new HashSet<>();
        scenarios.add(run.result().scenario());
        places.add(new Place(
                run.policy(),
                run.result().monitor(),
                run.result().securitySupport(),
                run.result().seed(),
                scenarios));
        return places.size() - 1;
    }

    /** The property, with its parties where a scenario asks the same one more than once. */
    private static String name(RunResult run, PropertyResult result) {
        String property = result.judgement().question().property();
        long asked = run.properties().stream()
                .filter(other -> other.judgement().question().property().equals(property))
                .count();
        return asked == 1 ? property : "%s (%s)".formatted(property, parties(result));
    }

    private static String parties(PropertyResult result) {
        String subject = String.join(" <-> ", result.judgement().question().subject());
        String observer = result.judgement().question().observer();
        return observer.isEmpty() ? subject : subject + ", observer " + observer;
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int number = 0; number < places.size(); number++) {
            int column = number;
            List<PropertyResult> results = cells.values().stream()
                    .flatMap(row -> Optional.ofNullable(row.get(column)).stream())
                    .map(Cell::result)
                    .toList();
            Place place = places.get(number);
            columns.add(new Column(
                    number,
                    columnName(number),
                    place.policy(),
                    place.monitor(),
                    place.securitySupport(),
                    place.seed(),
                    counts(results),
                    (int) results.stream()
                            .filter(result -> !result.isAsItShouldBe())
                            .count()));
        }
        return columns;
    }

    private String columnName(int number) {
        String name = columnName(places.get(number));
        long before = places.subList(0, number).stream()
                .filter(other -> columnName(other).equals(name))
                .count();
        return before == 0 ? name : "%s (%d)".formatted(name, before + 1);
    }

    /** The policy, with the monitor where there are several. */
    private String columnName(Place place) {
        boolean several = places.stream().map(Place::monitor).distinct().count() > 1;
        return several
                ? "%s on %s".formatted(place.policy().name(), place.monitor())
                : place.policy().name();
    }

    private Row row(RowKey key, int number) {
        List<Optional<Cell>> inOrder = new ArrayList<>();
        Map<Integer, Cell> byColumn = cells.getOrDefault(key, Map.of());
        for (int column = 0; column < places.size(); column++) {
            inOrder.add(Optional.ofNullable(byColumn.get(column)));
        }
        return new Row(number, key.scenario(), key.property(), inOrder);
    }

    private List<Chapter> chapters(List<Account> accounts) {
        Map<String, ReportedRun> first = new LinkedHashMap<>();
        runs.forEach(run -> first.putIfAbsent(run.result().scenario(), run));
        List<RowKey> keys = List.copyOf(rows.keySet());
        List<Chapter> chapters = new ArrayList<>();
        first.forEach((scenario, run) -> chapters.add(new Chapter(
                scenario,
                run.scenario().summary(),
                run.scenario().standards(),
                accounts.stream()
                        .filter(account -> keys.get(account.row()).scenario().equals(scenario))
                        .sorted(Comparator.comparing(Account::outcome)
                                .thenComparingInt(Account::row))
                        .toList())));
        return chapters;
    }

    private static Map<Outcome, Integer> counts(List<PropertyResult> results) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        results.forEach(result -> counts.merge(Outcome.of(result), 1, Integer::sum));
        return counts;
    }
}
