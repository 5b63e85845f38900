package cofferdam.analysis.regex;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import cofferdam.analysis.regex.Program.Instruction;

import java.lang.foreign.MemorySegment;

/** Matches one expression at given places. Not for several threads. */
public final class RegexMatcher {

    private final Instruction[] program;
    private Ways now;
    private Ways then;
    private final int[] stack;

    RegexMatcher(Instruction[] program) {
        this.program = program;
        this.now = new Ways(program.length);
        this.then = new Ways(program.length);
        this.stack = new int[program.length + 1];
    }

    /** Instructions that are to be followed, in the order of preference, none of them twice. */
    private static final class Ways {
        private final int[] listed;
        private final int[] place;
        private int count;

        Ways(int size) {
            listed = new int[size];
            place = new int[size];
        }

        boolean add(int instruction) {
            int at = place[instruction];
            if (at < count && listed[at] == instruction) {
                return false;
            }
            place[instruction] = count;
            listed[count++] = instruction;
            return true;
        }
    }

    /**
     * The end of the preferred match that begins at this place and has at most so many bytes. What
     * lies around it in the text decides on boundaries.
     *
     * @return offset behind its last byte, or -1 if there is no match
     */
    public long match(MemorySegment text, long start, int longest) {
        long last = Math.min(text.byteSize(), start + longest);
        long matched = -1;
        now.count = 0;
        follow(now, 0, text, start);
        for (long at = start; now.count > 0; at++) {
            int value = at < last ? Byte.toUnsignedInt(text.get(JAVA_BYTE, at)) : -1;
            then.count = 0;
            if (step(text, at, value)) {
                matched = at;
            }
            Ways spent = now;
            now = then;
            then = spent;
        }
        return matched;
    }

    /** Takes one byte on every way; ways behind one that has matched here are given up. */
    private boolean step(MemorySegment text, long at, int value) {
        for (int i = 0; i < now.count; i++) {
            int instruction = now.listed[i];
            if (program[instruction] instanceof Instruction.Match) {
                return true;
            }
            if (value >= 0
                    && program[instruction] instanceof Instruction.Take take
                    && take.set().contains(value)) {
                follow(then, instruction + 1, text, at + 1);
            }
        }
        return false;
    }

    /** Adds an instruction and all that it leads to without taking a byte. */
    private void follow(Ways ways, int first, MemorySegment text, long at) {
        int depth = 0;
        stack[depth++] = first;
        while (depth > 0) {
            int instruction = stack[--depth];
            if (!ways.add(instruction)) {
                continue;
            }
            switch (program[instruction]) {
                case Instruction.Take take -> {}
                case Instruction.Match match -> {}
                case Instruction.Jump jump -> stack[depth++] = jump.to();
                case Instruction.Hold hold -> {
                    if (Boundaries.hold(hold.kind(), text, at)) {
                        stack[depth++] = instruction + 1;
                    }
                }
                case Instruction.Split split -> {
                    stack[depth++] = split.second();
                    stack[depth++] = split.first();
                }
            }
        }
    }
}
