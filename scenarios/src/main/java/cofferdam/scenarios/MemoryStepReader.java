package cofferdam.scenarios;

import cofferdam.monitor.LoadClient;
import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the steps that are about memory. */
final class MemoryStepReader {

    /** The most pages that a program can be told to keep. */
    static final int MAXIMUM_PAGES = (int) (MemorySetup.MAXIMUM_GUEST / ProgramMemory.PAGE);

    /** The most pages of the public collection. */
    static final int MAXIMUM_COLLECTION = 8192;

    /** The most requests a second. */
    static final int MAXIMUM_RATE = 100_000;

    private static final long SECOND = 1_000_000_000;
    private static final Duration MINIMUM_SPAN = Duration.ofMillis(1);
    private static final Words<Means> MEANS = Words.of(Means.class);

    private MemoryStepReader() {}

    static Optional<Step> remember(YamlMapping mapping) {
        mapping.allow(List.of("machine", "pages"));
        int pages = count(mapping, "pages", MAXIMUM_PAGES).orElse(1);
        return machine(mapping).map(machine -> new Step.Remember(machine, pages));
    }

    static Optional<Step> recall(YamlMapping mapping) {
        return machine(mapping.allow(List.of("machine"))).map(Step.Recall::new);
    }

    static Optional<Step> forget(YamlMapping mapping) {
        return machine(mapping.allow(List.of("machine"))).map(Step.Forget::new);
    }

    static Optional<Step> hold(YamlMapping mapping) {
        mapping.allow(List.of("machine", "pages", "of"));
        Optional<Integer> of = count(mapping, "of", MAXIMUM_COLLECTION);
        Optional<Integer> pages = mapping.require("pages")
                .flatMap(value -> value.count(0, of.orElse(MAXIMUM_COLLECTION)));
        return machine(mapping)
                .flatMap(machine ->
                        of.flatMap(all -> pages.map(held -> new Step.Hold(machine, held, all))));
    }

    static Optional<Step> reclaim(YamlMapping mapping) {
        mapping.allow(List.of("machine", "size", "by"));
        Optional<Long> size = mapping.require("size")
                .flatMap(value -> value.size(1L << 20, MemorySetup.MAXIMUM_GUEST));
        Optional<Means> means = mapping.require("by").flatMap(value -> value.choice(MEANS));
        return machine(mapping)
                .flatMap(machine -> size.flatMap(
                        bytes -> means.map(by -> new Step.Reclaim(machine, bytes, by))));
    }

    static Optional<Step> load(YamlMapping mapping) {
        mapping.allow(List.of("from", "to", "rate", "span", "label"));
        Optional<String> from = mapping.require("from").flatMap(Machines::one);
        Optional<String> to = mapping.require("to").flatMap(Machines::one);
        int rate = count(mapping, "rate", MAXIMUM_RATE).orElse(1);
        Duration span = mapping.require("span")
                .flatMap(value -> value.duration(MINIMUM_SPAN, ScenarioReader.MAXIMUM_TIME))
                .orElse(MINIMUM_SPAN);
        if (rate * span.toNanos() / SECOND > LoadClient.MAXIMUM_REQUESTS) {
            mapping.require("rate")
                    .ifPresent(value -> value.reject("makes more than %d requests in its span"
                            .formatted(LoadClient.MAXIMUM_REQUESTS)));
        }
        String label = mapping.require("label").flatMap(YamlValue::name).orElse("");
        return from.flatMap(
                client -> to.map(server -> new Step.Load(client, server, rate, span, label)));
    }

    private static Optional<Integer> count(YamlMapping mapping, String key, int maximum) {
        return mapping.require(key).flatMap(value -> value.count(1, maximum));
    }

    private static Optional<String> machine(YamlMapping mapping) {
        return mapping.require("machine").flatMap(Machines::one);
    }
}
