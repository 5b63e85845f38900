package cofferdam.analysis.regex;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds literals of which at least one stands in every match of an expression, so that whoever has
 * a fast search for literals need look nowhere else. Texts are held in ISO 8859-1.
 */
final class Anchors {

    /** The most texts that are told apart: more of them cost more than they save. */
    static final int MAXIMUM_TEXTS = 32;

    /** Longer ones are no rarer. */
    static final int MAXIMUM_LENGTH = 16;

    /**
     * One of these texts stands in every match.
     *
     * @param minimum fewest bytes before it
     * @param maximum most bytes before it
     */
    private record Found(Set<String> texts, int minimum, int maximum) {

        int shortest() {
            return texts.stream().mapToInt(String::length).min().orElse(0);
        }

        /** Long texts first, then those at a known distance, then few. */
        boolean isBetterThan(@Nullable Found other) {
            if (other == null || shortest() != other.shortest()) {
                return other == null || shortest() > other.shortest();
            }
            int width = maximum - minimum;
            int otherWidth = other.maximum - other.minimum;
            return width != otherWidth ? width < otherWidth : texts.size() < other.texts.size();
        }

        Found behind(int fewest, int most) {
            return new Found(texts, sum(minimum, fewest), sum(maximum, most));
        }
    }

    private Anchors() {}

    /** The anchors of an expression; none if it has no literal of that many bytes. */
    static List<Anchor> of(Node node, int minimumLength) {
        Found best = best(node);
        if (best == null || best.shortest() < minimumLength) {
            return List.of();
        }
        List<Anchor> anchors = new ArrayList<>();
        for (String text : best.texts) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            anchors.add(new Anchor(bytes, best.minimum, best.maximum));
        }
        return anchors;
    }

    private static @Nullable Found best(Node node) {
        Set<String> texts = texts(node);
        if (texts != null && !texts.contains("")) {
            return new Found(texts, 0, 0);
        }
        return switch (node) {
            case Node.Bytes bytes -> null;
            case Node.Assertion assertion -> null;
            case Node.Sequence sequence -> bestOfSequence(sequence.nodes());
            case Node.Choice choice -> bestOfChoice(choice.nodes());
            case Node.Repeat repeat -> repeat.least() > 0 ? best(repeat.node()) : null;
        };
    }

    private static @Nullable Found bestOfChoice(List<Node> nodes) {
        Set<String> texts = new LinkedHashSet<>();
        int minimum = Integer.MAX_VALUE;
        int maximum = 0;
        for (Node node : nodes) {
            Found found = best(node);
            if (found == null) {
                return null;
            }
            texts.addAll(found.texts);
            minimum = Math.min(minimum, found.minimum);
            maximum = Math.max(maximum, found.maximum);
        }
        return texts.size() > MAXIMUM_TEXTS ? null : new Found(texts, minimum, maximum);
    }

    /** Joins neighbours that are literals for as long as they are few, and takes the best run. */
    private static @Nullable Found bestOfSequence(List<Node> nodes) {
        Found best = null;
        Found run = new Found(Set.of(""), 0, 0);
        int minimum = 0;
        int maximum = 0;
        for (Node node : nodes) {
            Set<String> texts = texts(node);
            Set<String> joined = texts == null ? null : joined(run.texts, texts);
            if (joined != null) {
                run = new Found(joined, run.minimum, run.maximum);
            } else {
                best = run.isBetterThan(best) ? run : best;
                Found inside = best(node);
                Found moved = inside == null ? null : inside.behind(minimum, maximum);
                best = moved != null && moved.isBetterThan(best) ? moved : best;
            }
            if (joined == null && texts != null) {
                run = new Found(texts, minimum, maximum);
            }
            minimum = sum(minimum, node.minimum());
            maximum = sum(maximum, node.maximum());
            if (texts == null) {
                run = new Found(Set.of(""), minimum, maximum);
            }
        }
        return run.isBetterThan(best) ? run : best;
    }

    /** Everything that a part can match, in lower case; null if that is too much. */
    private static @Nullable Set<String> texts(Node node) {
        return switch (node) {
            case Node.Bytes bytes -> letters(bytes.set());
            case Node.Assertion assertion -> Set.of("");
            case Node.Sequence sequence -> {
                Set<String> texts = Set.of("");
                for (Node part : sequence.nodes()) {
                    Set<String> more = texts(part);
                    texts = more == null || texts == null ? null : joined(texts, more);
                }
                yield texts;
            }
            case Node.Choice choice -> {
                Set<String> texts = new LinkedHashSet<>();
                for (Node part : choice.nodes()) {
                    Set<String> more = texts(part);
                    texts = more == null || texts == null ? null : union(texts, more);
                }
                yield texts;
            }
            case Node.Repeat repeat -> repeated(repeat);
        };
    }

    private static @Nullable Set<String> repeated(Node.Repeat repeat) {
        Set<String> once = repeat.most() > MAXIMUM_LENGTH ? null : texts(repeat.node());
        Set<String> all = new LinkedHashSet<>();
        Set<String> some = Set.of("");
        for (int times = 0; once != null && some != null && times <= repeat.most(); times++) {
            if (times >= repeat.least() && all != null) {
                all = union(all, some);
            }
            some = times == repeat.most() ? some : joined(some, once);
        }
        return once == null || some == null ? null : all;
    }

    private static @Nullable Set<String> letters(ByteSet set) {
        if (set.size() > 2 * MAXIMUM_TEXTS) {
            return null;
        }
        Set<String> letters = new LinkedHashSet<>();
        BitSet bits = set.bits();
        for (int value = bits.nextSetBit(0); value >= 0; value = bits.nextSetBit(value + 1)) {
            letters.add(lower((char) value));
        }
        return letters.size() > MAXIMUM_TEXTS ? null : letters;
    }

    private static String lower(char value) {
        String text = String.valueOf(value);
        return value < 0x80 ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static @Nullable Set<String> union(Set<String> left, Set<String> right) {
        Set<String> all = new LinkedHashSet<>(left);
        all.addAll(right);
        return all.size() > MAXIMUM_TEXTS ? null : all;
    }

    private static @Nullable Set<String> joined(Set<String> heads, Set<String> tails) {
        Set<String> all = new LinkedHashSet<>();
        for (String head : heads) {
            for (String tail : tails) {
                all.add(head + tail);
            }
        }
        boolean fits = all.stream().allMatch(text -> text.length() <= MAXIMUM_LENGTH);
        return fits && all.size() <= MAXIMUM_TEXTS ? all : null;
    }

    private static int sum(int left, int right) {
        return (int) Math.min((long) left + right, Node.UNBOUNDED);
    }
}
