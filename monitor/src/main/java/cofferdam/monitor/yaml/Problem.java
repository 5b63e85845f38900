package cofferdam.monitor.yaml;

/**
 * Something wrong in a file from outside.
 *
 * @param file the file's name as the user gave it
 * @param line from 1, or 0 where the problem has no place in the file
 * @param column from 1, or 0
 * @param message what is wrong: the culprit, the value, the limit; lower case, no full stop
 */
public record Problem(String file, int line, int column, String message) {

    @Override
    public String toString() {
        return line == 0
                ? "%s: %s".formatted(file, message)
                : "%s:%d:%d: %s".formatted(file, line, column, message);
    }
}
