package cofferdam.analysis.rules;

import cofferdam.analysis.regex.ByteRegex;
import cofferdam.analysis.regex.RegexSyntaxException;
import cofferdam.analysis.search.Needle;
import cofferdam.monitor.disk.Severity;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one file of rules. */
final class RuleReader {

    /** The most rules of a file. */
    static final int MAXIMUM_RULES = 1000;

    /** The most characters of a line for people. */
    static final int MAXIMUM_TEXT = 500;

    /** The most characters of an example. */
    static final int MAXIMUM_EXAMPLE = 10_000;

    /** The most expressions of a rule. */
    static final int MAXIMUM_EXPRESSIONS = 8;

    /** The most examples of either kind. */
    static final int MAXIMUM_EXAMPLES = 50;

    /** The most bytes of a match, unless the rule says otherwise. */
    static final int DEFAULT_LONGEST = 512;

    private static final List<String> KEYS = List.of(
            "rule",
            "summary",
            "advice",
            "severity",
            "expressions",
            "longest",
            "value",
            "entropy",
            "checks",
            "accept",
            "reject");

    private static final Words<Severity> SEVERITIES = Words.of(Severity.class);
    private static final Words<KnownCheck> CHECKS = Words.of(KnownCheck.class);
    private static final Pattern BITS = Pattern.compile("[0-7](\\.[0-9]{1,3})?");

    private final YamlMapping root;
    private final boolean tried;
    private final Set<String> names = new HashSet<>();

    /**
     * Reads from a file's root.
     *
     * @param tried whether each rule is tried on its examples
     */
    RuleReader(YamlMapping root, boolean tried) {
        this.root = root.allow(List.of("rules"));
        this.tried = tried;
    }

    List<RuleEntry> read() throws InvalidFileException {
        List<RuleEntry> entries = new ArrayList<>();
        Optional<YamlValue> rules = root.require("rules");
        List<YamlValue> given = rules.map(value -> value.list(1, MAXIMUM_RULES)).orElse(List.of());
        for (YamlValue value : given) {
            value.mapping().flatMap(this::entry).ifPresent(entries::add);
        }
        root.problems().throwIfAny();
        return List.copyOf(entries);
    }

    private Optional<RuleEntry> entry(YamlMapping mapping) {
        mapping.allow(KEYS);
        Optional<String> name = mapping.require("rule").flatMap(this::name);
        Optional<String> summary = mapping.require("summary").flatMap(RuleReader::line);
        Optional<String> advice = mapping.require("advice").flatMap(RuleReader::line);
        Optional<Severity> severity =
                mapping.require("severity").flatMap(value -> value.choice(SEVERITIES));
        int longest = mapping.find("longest")
                .flatMap(value -> value.count(1, Needle.Expression.MAXIMUM_LONGEST))
                .orElse(DEFAULT_LONGEST);
        List<String> texts = texts(mapping);
        List<ByteRegex> forms = forms(mapping);
        List<Rule.Check> checks = checks(mapping);
        List<Example> accept = examples(mapping.require("accept"), 1);
        List<Example> reject = examples(mapping.find("reject"), 0);
        if (name.isEmpty() || summary.isEmpty() || advice.isEmpty() || severity.isEmpty()) {
            return Optional.empty();
        }
        List<Needle> needles = texts.stream()
                .<Needle>map(text -> new Needle.Expression(text, longest))
                .toList();
        var rule =
                new Rule(name.get(), summary.get(), advice.get(), severity.get(), needles, checks);
        var entry = new RuleEntry(rule, forms, longest, accept, reject);
        if (tried) {
            tryOn(mapping, entry);
        }
        return Optional.of(entry);
    }

    private Optional<String> name(YamlValue value) {
        Optional<String> name = value.name();
        if (name.isPresent() && !names.add(name.get())) {
            value.reject("'%s' is there twice".formatted(name.get()));
        }
        return name;
    }

    private static Optional<String> line(YamlValue value) {
        return value.text(MAXIMUM_TEXT);
    }

    private static List<String> texts(YamlMapping mapping) {
        return mapping.require("expressions").stream()
                .flatMap(value -> value.list(1, MAXIMUM_EXPRESSIONS).stream())
                .flatMap(value -> value.text(ByteRegex.MAXIMUM_LENGTH).stream())
                .toList();
    }

    private static List<ByteRegex> forms(YamlMapping mapping) {
        return mapping.find("expressions").stream()
                .flatMap(value -> value.list(1, MAXIMUM_EXPRESSIONS).stream())
                .flatMap(value -> regex(value).stream())
                .toList();
    }

    private static Optional<ByteRegex> regex(YamlValue value) {
        Optional<String> text = value.text(ByteRegex.MAXIMUM_LENGTH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ByteRegex.parse(text.get()));
        } catch (RegexSyntaxException e) {
            value.reject("is no expression: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<Rule.Check> checks(YamlMapping mapping) {
        List<Rule.Check> checks = new ArrayList<>();
        mapping.find("entropy")
                .flatMap(RuleReader::bits)
                .ifPresent(bits -> checks.add(match -> Entropy.of(match) >= bits));
        mapping.find("checks").stream()
                .flatMap(value -> value.list(1, CHECKS.all().size()).stream())
                .flatMap(value -> value.choice(CHECKS).stream())
                .forEach(checks::add);
        Optional<ByteRegex> part = mapping.find("value").flatMap(RuleReader::regex);
        return part.isEmpty()
                ? checks
                : checks.stream()
                        .<Rule.Check>map(check -> on(part.get(), check))
                        .toList();
    }

    private static Rule.Check on(ByteRegex part, Rule.Check check) {
        return match -> check.accepts(ValuePart.of(part, match));
    }

    private static Optional<Double> bits(YamlValue value) {
        Optional<String> text = value.text(MAXIMUM_TEXT);
        if (text.isPresent() && !BITS.matcher(text.get()).matches()) {
            value.reject("is not a number of bits a byte from 0 to 7.999");
            return Optional.empty();
        }
        return text.map(Double::valueOf);
    }

    private static List<Example> examples(Optional<YamlValue> given, int minimum) {
        List<Example> examples = new ArrayList<>();
        List<YamlValue> values =
                given.map(value -> value.list(minimum, MAXIMUM_EXAMPLES)).orElse(List.of());
        for (YamlValue value : values) {
            Optional<String> text = value.text(MAXIMUM_EXAMPLE);
            Optional<Example> example = text.flatMap(Example::parse);
            if (text.isPresent() && example.isEmpty()) {
                value.reject("has an escape or a character that an example cannot have");
            }
            example.ifPresent(examples::add);
        }
        return examples;
    }

    private static void tryOn(YamlMapping mapping, RuleEntry entry) {
        if (!entry.accept().stream().allMatch(example -> entry.finds(example.bytes()))) {
            mapping.find("accept")
                    .ifPresent(value -> value.reject("has an example that the rule does not find"));
        }
        if (entry.reject().stream().anyMatch(example -> entry.finds(example.bytes()))) {
            mapping.find("reject")
                    .ifPresent(value -> value.reject("has an example that the rule finds"));
        }
    }
}
