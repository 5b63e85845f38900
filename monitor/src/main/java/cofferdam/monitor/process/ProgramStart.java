package cofferdam.monitor.process;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A program to start.
 *
 * @param name by which messages and files of the work folder call it: lower-case letters, digits and
 *     hyphens, at most 32
 * @param command the program, by its path or to be found along PATH, and its arguments
 * @param environment what it finds in its environment beside PATH, HOME, TMPDIR, LC_ALL and the marks
 *     of Cofferdam; nothing else of this JVM's environment is passed on
 * @param limits what it may use up
 */
public record ProgramStart(
        String name, List<String> command, Map<String, String> environment, Limits limits) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** Checks the name and copies the rest. */
    public ProgramStart {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a program is '%s', not %s".formatted(name, NAME.pattern()));
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("'%s' has no command".formatted(name));
        }
    }
}
