package cofferdam.scenarios.report.page;

import cofferdam.monitor.SecuritySupport;
import cofferdam.scenarios.report.Column;
import cofferdam.scenarios.result.MonitorWords;

import java.util.List;
import java.util.function.Consumer;

/** What the monitors' makers say of their isolation, for those who read a verdict. */
final class Monitors {

    private Monitors() {}

    /** One sentence for each monitor of these columns that tells. */
    static List<String> sentences(List<Column> columns) {
        return columns.stream()
                .mapMulti((Column column, Consumer<String> sentences) -> {
                    SecuritySupport support = column.securitySupport();
                    if (support != null) {
                        sentences.accept(capital(MonitorWords.sentence(column.monitor(), support)));
                    }
                })
                .distinct()
                .toList();
    }

    /** The same, only of monitors that are no security boundary. */
    static List<String> warnings(List<Column> columns) {
        return sentences(columns.stream().filter(Monitors::isOnNoBoundary).toList());
    }

    private static boolean isOnNoBoundary(Column column) {
        SecuritySupport support = column.securitySupport();
        return support != null && support.claim() == SecuritySupport.Claim.NO_BOUNDARY;
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
