package cofferdam.scenarios.report.page;

import cofferdam.scenarios.report.Outcome;
import cofferdam.scenarios.report.html.Element;
import cofferdam.scenarios.report.html.Href;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How numbers, paths and verdicts are written everywhere on the page. */
final class Show {

    private static final long MICROSECOND = 1_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MEBIBYTE = 1L << 20;

    /** More places than this are not listed one by one. */
    private static final int PLACES = 8;

    /** Longer than the name of a scenario, a policy or a property may be, with its parties. */
    private static final int LABEL = 160;

    private Show() {}

    /** A time since the run's first event: seconds with six decimals. */
    static String time(long nanoseconds) {
        return "%d.%06d s".formatted(nanoseconds / SECOND, nanoseconds % SECOND / MICROSECOND);
    }

    /** Mebibytes with two decimals. */
    static String mebibytes(long bytes) {
        long hundredths = bytes / MEBIBYTE * 100 + bytes % MEBIBYTE * 100 / MEBIBYTE;
        return "%d.%02d MiB".formatted(hundredths / 100, hundredths % 100);
    }

    /** A name where many stand side by side; a longer one than can be a name is cut. */
    static String label(String name) {
        return name.length() <= LABEL ? name : name.substring(0, LABEL) + "…";
    }

    /** A number with the word for one or for several. */
    static String count(long number, String one, String several) {
        return "%d %s".formatted(number, number == 1 ? one : several);
    }

    /** The first numbers, and how many more there are. */
    static String some(List<? extends Number> numbers) {
        String shown = numbers.stream()
                .limit(PLACES)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return numbers.size() > PLACES
                ? "%s and %d more".formatted(shown, numbers.size() - PLACES)
                : shown;
    }

    /** A verdict as sign and word. */
    static Element verdict(Outcome outcome) {
        return Element.of("span", "verdict " + outcome.key())
                .add(sign(outcome), Element.of("span", "word").text(outcome.word()));
    }

    /** The sign alone, for those who see it. */
    static Element sign(Outcome outcome) {
        return Element.of("span", "sign").with("aria-hidden", "true").text(outcome.sign());
    }

    /** Text for those who do not see the picture or the place. */
    static Element hidden(String text) {
        return Element.of("span", "visually-hidden").text(text);
    }

    /** A link to a file of a run. */
    static Element link(List<String> folder, String file) {
        List<String> names = new ArrayList<>(folder);
        names.addAll(List.of(file.split("/", -1)));
        return Element.of("a").leadingTo(Href.file(names)).text(file);
    }

    /** A link to a run's folder. */
    static Element folder(List<String> folder, String text) {
        List<String> names = new ArrayList<>(folder);
        names.add("");
        return Element.of("a").leadingTo(Href.file(names)).text(text);
    }

    /** A file of a run as a word of a shell's command line, from the report's folder on. */
    static String word(List<String> folder, String file) {
        String path = folder.isEmpty() ? file : String.join("/", folder) + "/" + file;
        boolean plain = path.chars().allMatch(Show::isPlain) && !path.startsWith("-");
        return plain ? path : "'%s'".formatted(("./" + path).replace("'", "'\\''"));
    }

    private static boolean isPlain(int sign) {
        return ('a' <= sign && sign <= 'z')
                || ('A' <= sign && sign <= 'Z')
                || ('0' <= sign && sign <= '9')
                || "-._/".indexOf(sign) >= 0;
    }
}
