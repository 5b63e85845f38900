package cofferdam.scenarios.report;

import java.util.List;

/** A scenario with what is behind its verdicts, the worst first. */
public record Chapter(
        String scenario, String summary, List<String> standards, List<Account> accounts) {

    public Chapter {
        standards = List.copyOf(standards);
        accounts = List.copyOf(accounts);
    }
}
