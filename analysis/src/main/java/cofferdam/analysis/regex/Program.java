package cofferdam.analysis.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression as instructions of a machine that follows all ways at once (Thompson 1968, in Pike's
 * form that keeps the ways in the order of preference).
 */
final class Program {

    /** The most instructions: what bounds the time per byte. */
    static final int MAXIMUM_INSTRUCTIONS = 20_000;

    private final List<Instruction> instructions = new ArrayList<>();

    /** One step. Unless it says otherwise it goes on to the next. */
    sealed interface Instruction {

        /** Takes a byte of the set. */
        record Take(ByteSet set) implements Instruction {}

        /** Goes on only where this holds. */
        record Hold(Node.Assertion.Kind kind) implements Instruction {}

        /** Goes two ways, the first preferred. */
        record Split(int first, int second) implements Instruction {}

        /** Goes elsewhere. */
        record Jump(int to) implements Instruction {}

        /** Has matched. */
        record Match() implements Instruction {}
    }

    private Program() {}

    static Instruction[] of(Node node) throws RegexSyntaxException {
        var program = new Program();
        program.add(node);
        program.emit(new Instruction.Match());
        return program.instructions.toArray(Instruction[]::new);
    }

    private void add(Node node) throws RegexSyntaxException {
        switch (node) {
            case Node.Bytes bytes -> emit(new Instruction.Take(bytes.set()));
            case Node.Assertion assertion -> emit(new Instruction.Hold(assertion.kind()));
            case Node.Sequence sequence -> {
                for (Node part : sequence.nodes()) {
                    add(part);
                }
            }
            case Node.Choice choice -> choice(choice.nodes());
            case Node.Repeat repeat -> repeat(repeat);
        }
    }

    private void choice(List<Node> nodes) throws RegexSyntaxException {
        List<Integer> ends = new ArrayList<>();
        for (Node node : nodes.subList(0, nodes.size() - 1)) {
            int split = emit(new Instruction.Jump(0));
            add(node);
            ends.add(emit(new Instruction.Jump(0)));
            set(split, new Instruction.Split(split + 1, next()));
        }
        add(nodes.getLast());
        ends.forEach(end -> set(end, new Instruction.Jump(next())));
    }

    private void repeat(Node.Repeat repeat) throws RegexSyntaxException {
        if (repeat.maximum() == 0) {
            // Conditions hold as well once as often, and need not hold where nothing will do.
            if (repeat.least() > 0) {
                add(repeat.node());
            }
            return;
        }
        boolean endless = repeat.most() == Node.UNBOUNDED;
        int copies = endless ? Math.max(repeat.least() - 1, 0) : repeat.least();
        for (int i = 0; i < copies; i++) {
            add(repeat.node());
        }
        if (endless) {
            endless(repeat);
            return;
        }
        List<Integer> exits = new ArrayList<>();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            exits.add(emit(new Instruction.Jump(0)));
            add(repeat.node());
        }
        exits.forEach(at -> set(at, split(repeat, at + 1, next())));
    }

    /** Once or more often; where nothing will do too, a way around it. */
    private void endless(Node.Repeat repeat) throws RegexSyntaxException {
        int around = repeat.least() == 0 ? emit(new Instruction.Jump(0)) : -1;
        int loop = next();
        add(repeat.node());
        int back = emit(new Instruction.Jump(0));
        set(back, split(repeat, loop, next()));
        if (around >= 0) {
            set(around, split(repeat, loop, next()));
        }
    }

    private static Instruction split(Node.Repeat repeat, int more, int enough) {
        return repeat.greedy()
                ? new Instruction.Split(more, enough)
                : new Instruction.Split(enough, more);
    }

    private int next() {
        return instructions.size();
    }

    private int emit(Instruction instruction) throws RegexSyntaxException {
        if (instructions.size() == MAXIMUM_INSTRUCTIONS) {
            throw new RegexSyntaxException(
                    "too large: its repetitions written out make more than %d steps"
                            .formatted(MAXIMUM_INSTRUCTIONS));
        }
        instructions.add(instruction);
        return instructions.size() - 1;
    }

    private void set(int at, Instruction instruction) {
        instructions.set(at, instruction);
    }
}
