package cofferdam.scenarios;

import cofferdam.attacks.Attack;
import cofferdam.monitor.Endpoint.Way;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the steps of a scenario, each by itself. */
final class StepReader {

    /** The most messages of one probe or ping. */
    static final int MAXIMUM_COUNT = 10_000;

    private static final Duration MINIMUM_TIME = Duration.ofNanos(1000);
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private static final Words<Kind> KINDS = Words.of(Kind.class);

    private static final List<String> SERIES = List.of("from", "to", "over", "count", "interval");
    private static final Words<Way> WAYS = Words.of(Way.class);

    private final Words<Attack> attacks;
    private final StartReader starts;

    private enum Kind {
        PROBE,
        PING,
        LOGIN,
        LEASE,
        START,
        STOP,
        WAIT,
        CABLE,
        POWER,
        SAVE,
        READ,
        ERASE,
        ATTACH,
        RELEASE,
        SNAPSHOT,
        DELETE_SNAPSHOT,
        REMEMBER,
        RECALL,
        FORGET,
        HOLD,
        RECLAIM,
        LOAD
    }

    /** The two ends of an exchange. */
    private record Ends(String from, String to) {}

    StepReader(Vocabulary vocabulary) {
        this.attacks = vocabulary.attackWords();
        this.starts = new StartReader(attacks);
    }

    /** The step; empty, and at least one problem, where it is wrong. */
    Optional<Step> read(YamlValue value) {
        Optional<YamlMapping> mapping =
                value.mapping().map(found -> found.allow(List.copyOf(KINDS.all())));
        Map<String, YamlValue> keys = mapping.map(YamlMapping::values).orElse(Map.of());
        if (mapping.isPresent() && keys.size() != 1) {
            value.reject("has a step with %d keys, not one of %s".formatted(keys.size(), KINDS));
            return Optional.empty();
        }
        return keys.entrySet().stream()
                .flatMap(key ->
                        KINDS
                                .value(key.getKey())
                                .flatMap(kind -> step(kind, key.getValue()))
                                .stream())
                .findFirst();
    }

    private Optional<Step> step(Kind kind, YamlValue value) {
        return switch (kind) {
            case PROBE -> value.mapping().flatMap(StepReader::probe);
            case PING -> value.mapping().flatMap(StepReader::ping);
            case LOGIN -> value.mapping().flatMap(StepReader::login);
            case LEASE -> value.mapping().flatMap(StepReader::lease);
            case START -> value.mapping().flatMap(starts::read);
            case STOP -> value.choice(attacks).map(attack -> new Step.Stop(attack.name()));
            case WAIT ->
                value.duration(MINIMUM_TIME, ScenarioReader.MAXIMUM_TIME).map(Step.Wait::new);
            case CABLE -> value.mapping().flatMap(StepReader::cable);
            case POWER -> value.mapping().flatMap(DiskStepReader::power);
            case SAVE ->
                value.mapping().flatMap(found -> DiskStepReader.file(found, Step.Save::new));
            case READ ->
                value.mapping().flatMap(found -> DiskStepReader.file(found, Step.ReadFile::new));
            case ERASE ->
                value.mapping().flatMap(found -> DiskStepReader.file(found, Step.Erase::new));
            case ATTACH -> value.mapping().flatMap(DiskStepReader::attach);
            case RELEASE -> value.mapping().flatMap(DiskStepReader::release);
            case SNAPSHOT ->
                value.mapping()
                        .flatMap(found -> DiskStepReader.snapshot(found, Step.TakeSnapshot::new));
            case DELETE_SNAPSHOT ->
                value.mapping()
                        .flatMap(found -> DiskStepReader.snapshot(found, Step.DeleteSnapshot::new));
            case REMEMBER -> value.mapping().flatMap(MemoryStepReader::remember);
            case RECALL -> value.mapping().flatMap(MemoryStepReader::recall);
            case FORGET -> value.mapping().flatMap(MemoryStepReader::forget);
            case HOLD -> value.mapping().flatMap(MemoryStepReader::hold);
            case RECLAIM -> value.mapping().flatMap(MemoryStepReader::reclaim);
            case LOAD -> value.mapping().flatMap(MemoryStepReader::load);
        };
    }

    private static Optional<Step> probe(YamlMapping mapping) {
        mapping.allow(SERIES);
        int count = count(mapping);
        Duration interval = interval(mapping);
        Way over = over(mapping);
        return ends(mapping)
                .map(ends -> new Step.Probe(ends.from(), ends.to(), over, count, interval));
    }

    private static Optional<Step> ping(YamlMapping mapping) {
        mapping.allow(SERIES);
        int count = count(mapping);
        Duration interval = interval(mapping);
        Way over = over(mapping);
        return ends(mapping)
                .map(ends -> new Step.Ping(ends.from(), ends.to(), over, count, interval));
    }

    private static Way over(YamlMapping mapping) {
        return mapping.find("over").flatMap(value -> value.choice(WAYS)).orElse(Way.IPV4);
    }

    private static Optional<Step> lease(YamlMapping mapping) {
        mapping.allow(List.of("machine", "server"));
        Optional<String> server = mapping.require("server").flatMap(Machines::one);
        return mapping.require("machine")
                .flatMap(Machines::one)
                .flatMap(machine -> server.map(other -> new Step.Lease(machine, other)));
    }

    private static Optional<Step> login(YamlMapping mapping) {
        return ends(mapping.allow(List.of("from", "to")))
                .map(ends -> new Step.Login(ends.from(), ends.to()));
    }

    private static Optional<Step> cable(YamlMapping mapping) {
        mapping.allow(List.of("machine", "connected"));
        Optional<Boolean> connected = mapping.require("connected").flatMap(YamlValue::flag);
        return mapping.require("machine")
                .flatMap(Machines::one)
                .flatMap(machine -> connected.map(flag -> new Step.SetCable(machine, flag)));
    }

    private static Optional<Ends> ends(YamlMapping mapping) {
        Optional<String> from = mapping.require("from").flatMap(Machines::one);
        Optional<YamlValue> to = mapping.require("to");
        Optional<String> other = to.flatMap(Machines::one);
        if (from.isPresent() && from.equals(other)) {
            to.ifPresent(value -> value.reject("'%s' is from too".formatted(from.get())));
        }
        return from.flatMap(first -> other.map(second -> new Ends(first, second)));
    }

    private static int count(YamlMapping mapping) {
        return mapping.find("count")
                .flatMap(value -> value.count(1, MAXIMUM_COUNT))
                .orElse(1);
    }

    private static Duration interval(YamlMapping mapping) {
        return mapping.find("interval")
                .flatMap(value -> value.duration(MINIMUM_TIME, ScenarioReader.MAXIMUM_TIME))
                .orElse(INTERVAL);
    }
}
