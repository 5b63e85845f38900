package cofferdam.analysis.rules;

import cofferdam.analysis.regex.ByteRegex;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * A rule as it stands in a file.
 *
 * @param forms its needles, which are all expressions
 * @param longest the most bytes of a match
 * @param accept examples in which it must find something
 * @param reject examples in which it must find nothing
 */
record RuleEntry(
        Rule rule, List<ByteRegex> forms, int longest, List<Example> accept, List<Example> reject) {

    /** Whether the rule finds something. */
    boolean finds(byte[] text) {
        MemorySegment bytes = MemorySegment.ofArray(text);
        return forms.stream().anyMatch(form -> finds(form, bytes, text));
    }

    private boolean finds(ByteRegex form, MemorySegment bytes, byte[] text) {
        var matcher = form.matcher();
        int at = 0;
        while (at < text.length) {
            long end = form.mayBegin(bytes, at) ? matcher.match(bytes, at, longest) : -1;
            if (end >= 0 && rule.accepts(Arrays.copyOfRange(text, at, (int) end))) {
                return true;
            }
            at = end >= 0 ? (int) end : at + 1;
        }
        return false;
    }
}
