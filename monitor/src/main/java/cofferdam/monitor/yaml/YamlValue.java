package cofferdam.monitor.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value in a file, read as what its user expects. Where it is something else, that is recorded
 * with its place and the answer is empty.
 */
public final class YamlValue {

    /** Names are put into file names and onto terminals. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    private static final Pattern COUNT = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern FRACTION = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,18})?%?");

    private final String label;
    private final YamlNode node;
    private final Problems problems;

    YamlValue(String label, YamlNode node, Problems problems) {
        this.label = label;
        this.node = node;
        this.problems = problems;
    }

    /** Where it begins. */
    public Position position() {
        return node.position();
    }

    /** Records a problem of this value; the message begins with the value's key. */
    public void reject(String message) {
        problems.add(position(), label + " " + message);
    }

    /** Whether it is this word, in quotes or not. Records nothing. */
    public boolean is(String word) {
        return node instanceof YamlNode.Scalar scalar && scalar.text().equals(word);
    }

    /** One line for people, from 1 to {@code maximum} characters, harmless on a terminal. */
    public Optional<String> text(int maximum) {
        return scalar("text")
                .map(scalar -> scalar.text().strip())
                .filter(text -> fits(text, maximum));
    }

    /** A name: at most 64 lower-case letters, digits, dots, hyphens; first a letter or digit. */
    public Optional<String> name() {
        return scalar("a name").map(YamlNode.Scalar::text).filter(text -> {
            String rule = "of at most 64 lower-case letters, digits, '.' and '-'";
            return holds(isName(text), "is not a name " + rule);
        });
    }

    /** One of these words. */
    public <E> Optional<E> choice(Words<E> words) {
        return scalar("one of " + words).flatMap(scalar -> {
            Optional<E> value = words.value(scalar.text());
            String hint = NearMiss.hint(scalar.text(), words.all());
            holds(value.isPresent(), "is not one of %s%s".formatted(words, hint));
            return value;
        });
    }

    /** A whole number in decimal digits, from {@code minimum} to {@code maximum}. */
    public Optional<Integer> count(int minimum, int maximum) {
        String wanted = "a whole number from %d to %d".formatted(minimum, maximum);
        return scalar(wanted)
                .filter(scalar -> holds(
                        scalar.plain()
                                && COUNT.matcher(scalar.text()).matches()
                                && isBetween(scalar.text(), minimum, maximum),
                        "is not " + wanted))
                .map(scalar -> Integer.valueOf(scalar.text()));
    }

    /** {@code true} or {@code false}, without quotes. */
    public Optional<Boolean> flag() {
        return scalar("true or false")
                .filter(scalar -> holds(
                        scalar.plain() && (is("true") || is("false")), "is not true or false"))
                .map(scalar -> Boolean.valueOf(scalar.text()));
    }

    /** A size from {@code minimum} to {@code maximum} bytes, in whole mebibytes. */
    public Optional<Long> size(long minimum, long maximum) {
        return scalar("a size")
                .flatMap(scalar -> {
                    Optional<Long> size = SizeText.parse(scalar.text());
                    holds(size.isPresent(), "is not a size such as 4MiB");
                    return size;
                })
                .filter(size -> holds(
                        minimum <= size && size <= maximum,
                        "is not from %s to %s"
                                .formatted(SizeText.of(minimum), SizeText.of(maximum))));
    }

    /** A rate from {@code minimum} to {@code maximum} bits a second, in whole thousands. */
    public Optional<Long> rate(long minimum, long maximum) {
        return scalar("a rate")
                .flatMap(scalar -> {
                    Optional<Long> rate = RateText.parse(scalar.text());
                    holds(rate.isPresent(), "is not a rate such as 10Mbit");
                    return rate;
                })
                .filter(rate -> holds(
                        minimum <= rate && rate <= maximum,
                        "is not from %s to %s"
                                .formatted(RateText.of(minimum), RateText.of(maximum))));
    }

    /** A length of time such as {@code 20us}, {@code 1.5s} or {@code 2m}, within the limits. */
    public Optional<Duration> duration(Duration minimum, Duration maximum) {
        return scalar("a length of time")
                .flatMap(scalar -> {
                    Optional<Duration> duration = DurationText.parse(scalar.text());
                    holds(duration.isPresent(), "is not a length of time such as 20us, 1.5s or 2m");
                    return duration;
                })
                .filter(duration -> isWithin(duration, minimum, maximum));
    }

    /** A day of the calendar, written as {@code 2027-01-31} (ISO 8601). */
    public Optional<LocalDate> date() {
        return scalar("a date").flatMap(scalar -> {
            Optional<LocalDate> date = DateText.parse(scalar.text());
            holds(date.isPresent(), "is not a date such as 2027-01-31");
            return date;
        });
    }

    /** A fraction from 0 to 1, written so or as a percentage such as {@code 0.5%}. */
    public Optional<Double> fraction() {
        String wanted = "is not a fraction from 0 to 1, such as 0.01 or 1%";
        return scalar("a fraction")
                .filter(scalar -> holds(FRACTION.matcher(scalar.text()).matches(), wanted))
                .map(scalar -> fraction(scalar.text()))
                .filter(fraction -> holds(fraction.compareTo(BigDecimal.ONE) <= 0, wanted))
                .map(BigDecimal::doubleValue);
    }

    /** A mapping. */
    public Optional<YamlMapping> mapping() {
        return mapping("a mapping");
    }

    /** A mapping, where {@code wanted} says in messages what else would do. */
    public Optional<YamlMapping> mapping(String wanted) {
        Optional<YamlMapping> mapping = peek();
        if (mapping.isEmpty()) {
            rejectKind(wanted);
        }
        return mapping;
    }

    /** A mapping; empty, without a problem, if it is something else. */
    Optional<YamlMapping> peek() {
        return node instanceof YamlNode.Mapping mapping
                ? Optional.of(new YamlMapping(label, mapping, problems))
                : Optional.empty();
    }

    /** A list of as many values; empty also where there are more or fewer or this is no list. */
    public List<YamlValue> list(int minimum, int maximum) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            rejectKind("a list");
            return List.of();
        }
        int size = sequence.items().size();
        if (size < minimum || size > maximum) {
            reject("has %d values, not from %d to %d".formatted(size, minimum, maximum));
            return List.of();
        }
        List<YamlValue> values = new ArrayList<>();
        sequence.items().forEach(item -> values.add(new YamlValue(label, item, problems)));
        return values;
    }

    /** Whether this is a name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private Optional<YamlNode.Scalar> scalar(String wanted) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.missing()) {
            return Optional.of(scalar);
        }
        rejectKind(wanted);
        return Optional.empty();
    }

    private void rejectKind(String wanted) {
        if (node instanceof YamlNode.Scalar scalar && scalar.missing()) {
            reject("has no value");
            return;
        }
        reject("is %s, not %s".formatted(node.kind(), wanted));
    }

    private boolean holds(boolean condition, String message) {
        if (!condition) {
            reject(node.kind() + " " + message);
        }
        return condition;
    }

    private boolean fits(String text, int maximum) {
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > maximum) {
            reject("has %d characters, not from 1 to %d".formatted(length, maximum));
            return false;
        }
        return holds(
                text.codePoints().noneMatch(Quoted::steers),
                "has a control character or a line break");
    }

    private boolean isWithin(Duration duration, Duration minimum, Duration maximum) {
        boolean within = duration.compareTo(minimum) >= 0 && duration.compareTo(maximum) <= 0;
        return holds(
                within,
                "is not from %s to %s"
                        .formatted(DurationText.of(minimum), DurationText.of(maximum)));
    }

    private static boolean isBetween(String digits, int minimum, int maximum) {
        long value = Long.parseLong(digits);
        return value >= minimum && value <= maximum;
    }

    private static BigDecimal fraction(String text) {
        return text.endsWith("%")
                ? new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2)
                : new BigDecimal(text);
    }
}
