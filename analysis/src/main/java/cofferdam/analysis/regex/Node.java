package cofferdam.analysis.regex;

import java.util.List;

/** A part of an expression. */
sealed interface Node {

    /** Longer than anything that is searched. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** The fewest bytes of a match. */
    int minimum();

    /** The most bytes of a match, or {@link #UNBOUNDED}. */
    int maximum();

    /** One byte of a set. */
    record Bytes(ByteSet set) implements Node {
        @Override
        public int minimum() {
            return 1;
        }

        @Override
        public int maximum() {
            return 1;
        }
    }

    /** A condition on the bytes around a place. */
    record Assertion(Kind kind) implements Node {

        enum Kind {
            TEXT_START,
            TEXT_END,
            LINE_START,
            LINE_END,
            WORD_BOUNDARY,
            NO_WORD_BOUNDARY
        }

        @Override
        public int minimum() {
            return 0;
        }

        @Override
        public int maximum() {
            return 0;
        }
    }

    /** One after the other; none is the empty text. */
    record Sequence(List<Node> nodes, int minimum, int maximum) implements Node {
        Sequence(List<Node> nodes) {
            this(
                    List.copyOf(nodes),
                    nodes.stream().mapToInt(Node::minimum).reduce(0, Node::sum),
                    nodes.stream().mapToInt(Node::maximum).reduce(0, Node::sum));
        }
    }

    /** Any of them, the first ones preferred. */
    record Choice(List<Node> nodes, int minimum, int maximum) implements Node {
        Choice(List<Node> nodes) {
            this(
                    List.copyOf(nodes),
                    nodes.stream().mapToInt(Node::minimum).min().orElse(0),
                    nodes.stream().mapToInt(Node::maximum).max().orElse(0));
        }
    }

    /**
     * The same several times.
     *
     * @param most {@link #UNBOUNDED} for no limit
     * @param greedy whether more is preferred
     */
    record Repeat(Node node, int least, int most, boolean greedy) implements Node {
        @Override
        public int minimum() {
            return product(node.minimum(), least);
        }

        @Override
        public int maximum() {
            return product(node.maximum(), most);
        }
    }

    private static int sum(int left, int right) {
        return (int) Math.min((long) left + right, UNBOUNDED);
    }

    private static int product(int left, int right) {
        return (int) Math.min((long) left * right, UNBOUNDED);
    }
}
