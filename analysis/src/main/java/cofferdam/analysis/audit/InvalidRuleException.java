package cofferdam.analysis.audit;

/** A rule that cannot be searched for. */
public final class InvalidRuleException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param rule its id, or empty if it is all of them together */
    InvalidRuleException(String rule, Throwable cause) {
        super(
                rule.isEmpty()
                        ? "the rules: %s".formatted(cause.getMessage())
                        : "rule '%s': %s".formatted(rule, cause.getMessage()),
                cause);
    }
}
