package cofferdam.scenarios.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.SecuritySupport;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

class ResultReaderTest {

    private static final LocalDate DAY = LocalDate.of(2027, 1, 31);

    @Test
    void anAcceptanceIsReadWithItsLastDay() throws Exception {
        RunResult run = run(DAY);
        assertThat(ResultReader.summary(ResultJson.forBundle("1.0", List.of(run)))
                        .runs())
                .containsExactly(run);
    }

    @Test
    void aLastDayThatIsNoneIsRefused() {
        String document = new String(ResultJson.forBundle("1.0", List.of(run(DAY))), UTF_8);
        assertThatThrownBy(() -> ResultReader.summary(
                        document.replace("2027-01-31", "soon").getBytes(UTF_8)))
                .isInstanceOf(InvalidResultException.class)
                .hasMessageContaining("acceptedUntil");
    }

    @Test
    void aClaimThatIsNoneIsRefused() {
        String document = new String(ResultJson.forBundle("1.0", List.of(run(DAY))), UTF_8);
        for (String wrong :
                List.of("\"claim\" : \"BOUNDARY\"", "\"claim\" : 0", "\"other\" : \"\"")) {
            assertThatThrownBy(() -> ResultReader.summary(
                            document.replace("\"claim\" : \"boundary\"", wrong).getBytes(UTF_8)))
                    .isInstanceOf(InvalidResultException.class)
                    .hasMessageContaining("runs[0].securitySupport.claim");
        }
    }

    @Test
    void aStatementBeyondTheLimitIsRefused() {
        String document = new String(ResultJson.forBundle("1.0", List.of(run(DAY))), UTF_8);
        assertThatThrownBy(() -> ResultReader.summary(
                        document.replace("It holds.", "x".repeat(1001)).getBytes(UTF_8)))
                .isInstanceOf(InvalidResultException.class)
                .hasMessageContaining("more than 1000");
    }

    private static RunResult run(LocalDate until) {
        Question question = new Question("connectivity", List.of("vm1", "source"), "");
        return new RunResult(
                "ping",
                "lab",
                "emulated",
                1,
                List.of(new PropertyResult(
                        new Judgement(question, Verdict.VIOLATED, "because", List.of()),
                        null,
                        "a lab",
                        until)),
                new SecuritySupport(SecuritySupport.Claim.BOUNDARY, "It holds.", "the manual"),
                Duration.ZERO);
    }
}
