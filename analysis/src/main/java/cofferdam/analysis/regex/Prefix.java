package cofferdam.analysis.regex;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which bytes a match can begin with: tells most places apart before a matcher is asked. */
final class Prefix {

    /** The most bytes that are looked at. */
    static final int MAXIMUM_LENGTH = 8;

    private Prefix() {}

    static ByteSet[] of(Node node) {
        List<ByteSet> sets = sets(node);
        return sets.subList(0, Math.min(sets.size(), MAXIMUM_LENGTH)).toArray(ByteSet[]::new);
    }

    static boolean fits(ByteSet[] sets, MemorySegment text, long start) {
        if (start + sets.length > text.byteSize()) {
            return false;
        }
        for (int i = 0; i < sets.length; i++) {
            if (!sets[i].contains(Byte.toUnsignedInt(text.get(JAVA_BYTE, start + i)))) {
                return false;
            }
        }
        return true;
    }

    private static List<ByteSet> sets(Node node) {
        return switch (node) {
            case Node.Bytes bytes -> List.of(bytes.set());
            case Node.Assertion assertion -> List.of();
            case Node.Sequence sequence -> inSequence(sequence.nodes());
            case Node.Choice choice ->
                choice.nodes().stream().map(Prefix::sets).reduce(Prefix::either).orElse(List.of());
            case Node.Repeat repeat ->
                inSequence(Collections.nCopies(
                        Math.min(repeat.least(), MAXIMUM_LENGTH), repeat.node()));
        };
    }

    /** Behind a part of no certain length nothing is known. */
    private static List<ByteSet> inSequence(List<Node> nodes) {
        List<ByteSet> sets = new ArrayList<>();
        for (Node node : nodes) {
            sets.addAll(sets(node));
            if (node.minimum() != node.maximum() || sets.size() >= MAXIMUM_LENGTH) {
                break;
            }
        }
        return sets;
    }

    private static List<ByteSet> either(List<ByteSet> left, List<ByteSet> right) {
        List<ByteSet> both = new ArrayList<>();
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            both.add(left.get(i).or(right.get(i)));
        }
        return both;
    }
}
