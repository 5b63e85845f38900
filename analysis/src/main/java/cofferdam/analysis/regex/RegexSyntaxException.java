package cofferdam.analysis.regex;

/** An expression that cannot be used; the message says why. */
public final class RegexSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    RegexSyntaxException(String message) {
        super(message);
    }
}
