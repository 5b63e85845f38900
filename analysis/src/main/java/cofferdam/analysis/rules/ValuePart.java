package cofferdam.analysis.rules;

import cofferdam.analysis.regex.ByteRegex;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Takes the secret out of what stands around it in a match. */
final class ValuePart {

    private ValuePart() {}

    /** The first match of an expression in a match of a rule, or all of it if there is none. */
    static byte[] of(ByteRegex part, byte[] match) {
        MemorySegment text = MemorySegment.ofArray(match);
        var matcher = part.matcher();
        for (int at = 0; at < match.length; at++) {
            long end = part.mayBegin(text, at) ? matcher.match(text, at, match.length) : -1;
            if (end >= 0) {
                return Arrays.copyOfRange(match, at, (int) end);
            }
        }
        return match;
    }
}
