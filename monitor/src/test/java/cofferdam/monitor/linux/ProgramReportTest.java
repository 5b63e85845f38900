package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.FlowText;
import cofferdam.monitor.guest.MailMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramReportTest {

    private static final FlowId FLOW = FlowId.of(1, 2);
    private static final String SUMMARY =
            "PING 10.0.0.1 (10.0.0.1): 56 data bytes\n\n--- 10.0.0.1 ping statistics ---\n"
                    + "%s packets transmitted, %s packets received, 0%% packet loss";

    @Test
    void aPingIsWhatItsSummarySays() {
        assertThat(ProgramReport.ofPing(SUMMARY.formatted(3, 3), 3))
                .isEqualTo(new ProgramReport(3, 3, ""));
        assertThat(ProgramReport.ofPing(SUMMARY.formatted(3, 1), 3))
                .isEqualTo(new ProgramReport(3, 1, "no answer to 2 of 3"));
    }

    @Test
    void aPingThatSentLessThanItShouldHasFailed() {
        assertThat(ProgramReport.ofPing(SUMMARY.formatted(2, 2), 3).problem())
                .isEqualTo("no answer to 1 of 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ping: sendto: Network is unreachable", "3 packets", "\u001b[2J"})
    void aPingWithoutASummaryHasFailed(String output) {
        ProgramReport report = ProgramReport.ofPing(output, 3);

        assertThat(report.problem()).startsWith("no answer to 3 of 3").doesNotContain("\u001b");
        assertThat(report.answered()).isZero();
    }

    @Test
    void numbersThatCannotBeAreCutToWhatCan() {
        assertThat(ProgramReport.ofPing(SUMMARY.formatted(999_999, 999_999), 3))
                .isEqualTo(new ProgramReport(3, 3, ""));
        assertThat(ProgramReport.ofPing(SUMMARY.formatted(1, 3), 3).problem()).isNotEmpty();
    }

    @Test
    void aProbeIsCompleteWhenEveryMessageCameBackAsItWas() {
        String output = "sent 1\nreceived %s\nreceived %s\nsent 2".formatted(text(1), text(2));

        assertThat(ProgramReport.ofProbe(output, FLOW, 2)).isEqualTo(new ProgramReport(2, 2, ""));
    }

    @Test
    void aMessageThatCameBackTwiceCountsOnce() {
        String output = "sent 1\nsent 2\nreceived %s\nreceived %s".formatted(text(1), text(1));

        assertThat(ProgramReport.ofProbe(output, FLOW, 2))
                .isEqualTo(new ProgramReport(2, 1, "no answer to 1 of 2"));
    }

    @Test
    void messagesOfOthersAreWrongAnswers() {
        String others = FlowText.numbered(FlowId.of(3, 4), "seq", 1);
        String output = "sent 1\nreceived %s\nreceived %s\nreceived %s"
                .formatted(others, text(2), text(1) + " ");

        assertThat(ProgramReport.ofProbe(output, FLOW, 1))
                .isEqualTo(new ProgramReport(1, 0, "no answer to 1 of 1, 3 wrong answers"));
    }

    @Test
    void answersToWhatWasNotSentAreNoSuccess() {
        assertThat(ProgramReport.ofProbe("received " + text(1), FLOW, 1).problem())
                .isNotEmpty();
        assertThat(ProgramReport.ofProbe("", FLOW, 1))
                .isEqualTo(new ProgramReport(0, 0, "no answer to 1 of 1"));
    }

    @Test
    void whatTheProgramComplainedOfIsTold() {
        String output = "nc: can't connect to remote host (10.0.0.1): Connection refused";

        assertThat(ProgramReport.ofProbe(output, FLOW, 2))
                .isEqualTo(new ProgramReport(0, 0, "no answer to 2 of 2: " + output));
    }

    @Test
    void aLoginIsCompleteWhenTheWholeSessionWasRight() {
        assertThat(ProgramReport.ofLogin(session(), "source", FLOW))
                .isEqualTo(new ProgramReport(5, 5, ""));
    }

    @Test
    void everyLineOfASessionCounts() {
        String[] lines = session().split("\n", -1);
        for (int left = 0; left < lines.length; left++) {
            StringBuilder output = new StringBuilder();
            for (int i = 0; i < lines.length; i++) {
                output.append(i == left ? "" : lines[i] + "\n");
            }
            assertThat(ProgramReport.ofLogin(output.toString(), "source", FLOW).problem())
                    .as("without line %d: %s", left, lines[left])
                    .isNotEmpty();
        }
    }

    @Test
    void aLoginSaysWhatWentWrong() {
        assertThat(ProgramReport.ofLogin("", "source", FLOW).problem())
                .isEqualTo("connection closed by server");
        assertThat(ProgramReport.ofLogin("nc: no route\u0007", "source", FLOW).problem())
                .isEqualTo("nc: no route");
        assertThat(ProgramReport.ofLogin(session() + "\nreceived more", "source", FLOW)
                        .problem())
                .isEqualTo("the server goes on after its end");
        assertThat(ProgramReport.ofLogin(session(), "vm2", FLOW).problem()).isNotEmpty();
        assertThat(ProgramReport.ofLogin(
                        "received +OK\nsent USER\nreceived +OK\nsent PASS\nreceived -ERR",
                        "source",
                        FLOW))
                .isEqualTo(new ProgramReport(2, 1, "wrong password"));
    }

    private static String text(int number) {
        return FlowText.numbered(FLOW, "seq", number);
    }

    private static String session() {
        MailMessage message = MailMessage.of("source", FLOW);
        StringBuilder session = new StringBuilder("received +OK ready\nsent USER\nreceived +OK\n");
        session.append("sent PASS\nreceived +OK\nsent STAT\nreceived +OK 1 ")
                .append(message.octets())
                .append("\nsent RETR\nreceived +OK\n");
        message.lines().forEach(line -> session.append("received ").append(line).append('\n'));
        return session.append("received .\nsent QUIT\nreceived +OK bye\nclosed").toString();
    }
}
