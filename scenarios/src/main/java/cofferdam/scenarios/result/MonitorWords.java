package cofferdam.scenarios.result;

import cofferdam.monitor.SecuritySupport;

import java.util.List;
import java.util.function.Consumer;

/** What a monitor's makers say of its isolation, in words for reports. */
public final class MonitorWords {

    private MonitorWords() {}

    /** A few words that say how far their makers stand for it, such as {@code no security boundary}. */
    public static String claim(SecuritySupport.Claim claim) {
        return switch (claim) {
            case BOUNDARY -> "a security boundary to its makers";
            case NO_BOUNDARY -> "no security boundary";
            case MODEL -> "a model, no product";
        };
    }

    /** One sentence with the makers' statement and where they make it. */
    public static String sentence(String monitor, SecuritySupport support) {
        return "monitor %s is %s: %s (%s)"
                .formatted(monitor, claim(support.claim()), support.statement(), support.source());
    }

    /** The sentences about the monitors of these runs, each once; none for runs that do not tell. */
    public static List<String> sentences(List<RunResult> runs) {
        return runs.stream()
                .mapMulti((RunResult run, Consumer<String> sentences) -> {
                    SecuritySupport support = run.securitySupport();
                    if (support != null) {
                        sentences.accept(sentence(run.monitor(), support));
                    }
                })
                .distinct()
                .toList();
    }

    /** The same, only of monitors that are no security boundary. */
    public static List<String> warnings(List<RunResult> runs) {
        return sentences(runs.stream().filter(RunResult::isOnNoBoundary).toList());
    }
}
