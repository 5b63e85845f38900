package cofferdam.monitor.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as they stand in files: a whole number of mebibytes, such as {@code 4MiB}. */
public final class SizeText {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})MiB");
    private static final int MEBIBYTE = 20;

    private SizeText() {}

    /** Reads a size in bytes; empty if the text has another form. */
    public static Optional<Long> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) << MEBIBYTE)
                : Optional.empty();
    }

    /**
     * A size in bytes as text.
     *
     * @throws IllegalArgumentException if it is no whole number of mebibytes
     */
    public static String of(long bytes) {
        long whole = bytes >> MEBIBYTE;
        if (bytes < 0 || whole << MEBIBYTE != bytes) {
            throw new IllegalArgumentException(bytes + " bytes are no whole number of mebibytes");
        }
        return whole + "MiB";
    }
}
