package cofferdam.monitor.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import java.util.Collection;
import java.util.List;

/** What images are refused for, or told of. */
public final class Refused {

    private Refused() {}

    /** The kind of problem for which the call is refused; fails if it is not. */
    public static ProblemKind kind(ThrowingCallable call) {
        MalformedImageException refusal = catchThrowableOfType(MalformedImageException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal.problem().kind();
    }

    /** The kinds of the problems, in order. */
    public static List<ProblemKind> kinds(Collection<Problem> problems) {
        return problems.stream().map(Problem::kind).toList();
    }
}
