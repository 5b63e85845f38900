package cofferdam.analysis.rules;

import cofferdam.analysis.search.Needle;
import cofferdam.monitor.disk.Severity;

import java.util.List;

/**
 * One thing that an audit looks for.
 *
 * @param id its name in reports: {@code find:TEXT} and {@code regex:EXPRESSION} for what the user
 *     asked for, otherwise lower-case letters, digits and hyphens
 * @param summary one line for people
 * @param advice what to do about a match, in one line
 * @param needles any of these is a candidate
 * @param checks all of these must accept a candidate
 */
public record Rule(
        String id,
        String summary,
        String advice,
        Severity severity,
        List<Needle> needles,
        List<Check> checks) {

    public Rule {
        needles = List.copyOf(needles);
        checks = List.copyOf(checks);
    }

    /** Whether every check accepts the bytes of a match. */
    public boolean accepts(byte[] match) {
        return checks.stream().allMatch(check -> check.accepts(match));
    }

    /** Says of a candidate whether it can be what it looks like: an entropy, a checksum. */
    @FunctionalInterface
    public interface Check {
        boolean accepts(byte[] match);
    }
}
