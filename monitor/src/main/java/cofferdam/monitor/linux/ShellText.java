package cofferdam.monitor.linux;

/** Texts on their way into a guest's shell, and back from it. */
final class ShellText {

    /** No more of what a guest says goes into an event, in characters. */
    private static final int MAXIMUM_WORDS = 500;

    private ShellText() {}

    /** A word of a command that stands for nothing but itself. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** What a command said, on one line and of bounded length; guests may say anything. */
    static String words(String output) {
        StringBuilder words = new StringBuilder();
        output.strip()
                .replaceAll("\\s*[\r\n]+\\s*", "; ")
                .chars()
                .limit(MAXIMUM_WORDS)
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .forEach(character -> words.append((char) character));
        return words.toString();
    }
}
