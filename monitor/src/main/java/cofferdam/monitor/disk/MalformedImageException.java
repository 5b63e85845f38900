package cofferdam.monitor.disk;

import java.io.IOException;

/** Something cannot be read because of what the image says. */
public final class MalformedImageException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public MalformedImageException(ProblemKind kind, String detail) {
        super("%s: %s".formatted(kind.code(), detail));
        problem = new Problem(kind, detail);
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
