package cofferdam.analysis.regex;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a scanner need look for to miss no match: an expression without conditions on places and
 * without what may follow at the end. Wherever a match begins, the outline matches too; the reverse
 * does not hold.
 */
final class Outline {

    private Outline() {}

    static Node of(Node node) {
        return switch (node) {
            case Node.Bytes bytes -> bytes;
            case Node.Assertion assertion -> new Node.Sequence(List.of());
            case Node.Sequence sequence -> inSequence(sequence.nodes());
            case Node.Choice choice ->
                new Node.Choice(choice.nodes().stream().map(Outline::of).toList());
            case Node.Repeat repeat -> atEnd(repeat);
        };
    }

    private static Node inSequence(List<Node> nodes) {
        List<Node> parts = new ArrayList<>();
        for (Node node : nodes.reversed()) {
            Node part = parts.isEmpty() ? of(node) : unconditional(node);
            if (part.maximum() > 0) {
                parts.add(part);
            }
        }
        return new Node.Sequence(parts.reversed());
    }

    /** The fewest copies, of which the last one may itself be cut. */
    private static Node atEnd(Node.Repeat repeat) {
        if (repeat.least() == 0) {
            return new Node.Sequence(List.of());
        }
        Node last = of(repeat.node());
        Node before = unconditional(repeat.node());
        int copies = repeat.least() - 1;
        return last.equals(before)
                ? new Node.Repeat(last, repeat.least(), repeat.least(), true)
                : new Node.Sequence(List.of(new Node.Repeat(before, copies, copies, true), last));
    }

    private static Node unconditional(Node node) {
        return switch (node) {
            case Node.Bytes bytes -> bytes;
            case Node.Assertion assertion -> new Node.Sequence(List.of());
            case Node.Sequence sequence ->
                new Node.Sequence(
                        sequence.nodes().stream().map(Outline::unconditional).toList());
            case Node.Choice choice ->
                new Node.Choice(
                        choice.nodes().stream().map(Outline::unconditional).toList());
            case Node.Repeat repeat ->
                new Node.Repeat(unconditional(repeat.node()), repeat.least(), repeat.most(), true);
        };
    }

    /** In the syntax of PCRE, of which it uses what every dialect has. */
    static String written(Node node) {
        return switch (node) {
            case Node.Bytes bytes -> written(bytes.set());
            case Node.Assertion assertion -> "";
            case Node.Sequence sequence ->
                sequence.nodes().stream().map(Outline::written).collect(Collectors.joining());
            case Node.Choice choice ->
                choice.nodes().stream()
                        .map(Outline::written)
                        .collect(Collectors.joining("|", "(?:", ")"));
            case Node.Repeat repeat -> written(repeat);
        };
    }

    private static String written(Node.Repeat repeat) {
        if (repeat.most() == 0 || repeat.node().maximum() == 0) {
            return "";
        }
        String once = written(repeat.node());
        String group = repeat.node() instanceof Node.Bytes ? once : "(?:" + once + ")";
        if (repeat.most() == Node.UNBOUNDED) {
            return "%s{%d,}".formatted(group, repeat.least());
        }
        return repeat.least() == 1 && repeat.most() == 1
                ? once
                : "%s{%d,%d}".formatted(group, repeat.least(), repeat.most());
    }

    private static String written(ByteSet set) {
        BitSet bits = set.bits();
        if (bits.cardinality() == 1) {
            int value = bits.nextSetBit(0);
            return RegexInput.WORD.contains(value) ? String.valueOf((char) value) : hex(value);
        }
        var text = new StringBuilder("[");
        for (int low = bits.nextSetBit(0); low >= 0; ) {
            int end = bits.nextClearBit(low);
            text.append(hex(low)).append('-').append(hex(end - 1));
            low = bits.nextSetBit(end);
        }
        return text.append(']').toString();
    }

    private static String hex(int value) {
        return "\\x%02x".formatted(value);
    }
}
