package cofferdam.scenarios.cli;

import java.util.List;

/** What the user gave cannot be used; nothing was written. Each problem is one line. */
final class BadInputException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    BadInputException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    BadInputException(String problem) {
        this(List.of(problem));
    }

    List<String> problems() {
        return problems;
    }
}
