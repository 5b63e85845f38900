package cofferdam.monitor.linux;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the protocol, as a guest sends it: the byte 02, the word by which the guest is
 * recognised (its nonce), a space, the number of bytes of what follows the next space, a space, and a body. Numbers
 * are decimal without leading zeros.
 */
sealed interface ConsoleFrame {

    /** Begins every line of the protocol, in both directions. */
    char START = 2;

    /** The longest line, without its end, in bytes. */
    int MAXIMUM_LINE = 2048;

    /** The most words of a notice. */
    int MAXIMUM_WORDS = 16;

    /** The guest is up and takes commands. */
    record Up() implements ConsoleFrame {}

    /**
     * The guest has taken lines from the testbed.
     *
     * @param lines how many in all
     */
    record Taken(long lines) implements ConsoleFrame {}

    /**
     * A piece of what a command wrote.
     *
     * @param call the number of the command
     * @param text in base64 (RFC 4648), with padding
     */
    record Data(long call, String text) implements ConsoleFrame {

        /** @throws IllegalArgumentException if it is no base64 */
        byte[] bytes() {
            if (text.length() % BASE64_GROUP != 0) {
                throw new IllegalArgumentException("padding is missing");
            }
            return Base64.getDecoder().decode(text);
        }
    }

    /**
     * A command ended.
     *
     * @param call the number of the command
     * @param checksum CRC-32 of all that it wrote
     */
    record End(long call, int status, int checksum) implements ConsoleFrame {}

    /**
     * A command did not come whole.
     *
     * @param call the number of the command
     */
    record Refused(long call) implements ConsoleFrame {}

    /** The guest says something by itself. */
    record Said(Notice notice) implements ConsoleFrame {}

    Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,14}");
    Pattern CHECKSUM = Pattern.compile("[0-9a-f]{8}");
    Pattern KIND = Pattern.compile("[a-z]{1,16}");
    int LARGEST_STATUS = 255;
    int BASE64_GROUP = 4;

    /**
     * The frame in a line, which may have other text before it.
     *
     * @param nonce as the guest was started with it
     * @return empty if the line has none, or one that is not this guest's or not well-formed
     */
    static Optional<ConsoleFrame> in(String line, String nonce) {
        int start = line.lastIndexOf(START);
        if (start < 0) {
            return Optional.empty();
        }
        String[] parts = line.substring(start + 1).split(" ", 3);
        boolean whole = parts.length == 3
                && NUMBER.matcher(parts[1]).matches()
                && Long.parseLong(parts[1]) == parts[2].length();
        if (!whole) {
            return Optional.empty();
        }
        return parts[0].equals(nonce) ? ofBody(parts[2]) : Optional.empty();
    }

    private static Optional<ConsoleFrame> ofBody(String body) {
        String[] words = body.split(" ", -1);
        return switch (words[0]) {
            case "up" -> words.length == 1 ? Optional.of(new Up()) : Optional.empty();
            case "taken" -> number(words).map(Taken::new);
            case "data" -> data(words);
            case "end" -> end(words);
            case "refused" -> number(words).map(Refused::new);
            case "note" -> note(words);
            default -> Optional.empty();
        };
    }

    private static Optional<ConsoleFrame> data(String[] words) {
        // An empty piece would add nothing, however many of them came.
        return words.length == 3 && NUMBER.matcher(words[1]).matches() && !words[2].isEmpty()
                ? Optional.of(new Data(Long.parseLong(words[1]), words[2]))
                : Optional.empty();
    }

    private static Optional<ConsoleFrame> end(String[] words) {
        boolean formed = words.length == 4
                && NUMBER.matcher(words[1]).matches()
                && NUMBER.matcher(words[2]).matches()
                && CHECKSUM.matcher(words[3]).matches()
                && Long.parseLong(words[2]) <= LARGEST_STATUS;
        return formed
                ? Optional.of(new End(
                        Long.parseLong(words[1]),
                        Integer.parseInt(words[2]),
                        HexFormat.fromHexDigits(words[3])))
                : Optional.empty();
    }

    private static Optional<Long> number(String[] words) {
        return words.length == 2 && NUMBER.matcher(words[1]).matches()
                ? Optional.of(Long.parseLong(words[1]))
                : Optional.empty();
    }

    private static Optional<ConsoleFrame> note(String[] words) {
        boolean formed = words.length >= 2
                && words.length <= 2 + MAXIMUM_WORDS
                && KIND.matcher(words[1]).matches();
        if (!formed) {
            return Optional.empty();
        }
        List<String> said = Arrays.asList(words).subList(2, words.length);
        return said.stream().allMatch(ConsoleFrame::isPrintable)
                ? Optional.of(new Said(new Notice(words[1], said)))
                : Optional.empty();
    }

    private static boolean isPrintable(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
