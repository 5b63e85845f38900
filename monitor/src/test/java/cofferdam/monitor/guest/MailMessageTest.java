package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.FlowId;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class MailMessageTest {

    private static final FlowId FLOW = FlowId.of(3, 4);

    @Test
    void fillsSeveralSegmentsAndKeepsLinesShort() {
        MailMessage message = MailMessage.of("vm1", FLOW);

        assertThat(message.octets()).isGreaterThan(3 * 1460).isLessThan(10_000);
        assertThat(message.lines()).allMatch(line -> line.length() <= 78);
        assertThat(message.lines()).contains("", "Subject: cofferdam flow=" + FLOW);
    }

    @Test
    void dotsAtTheBeginningOfALineAreDoubled() {
        MailMessage message = new MailMessage(List.of(".", "a.b", "..c"));

        assertThat(message.toAnswer()).isEqualTo("..\r\na.b\r\n...c\r\n.\r\n");
        assertThat(message.octets()).isEqualTo(3 + 5 + 5);
    }

    @Test
    void passwordFollowsFromServerAndFlowAndNamesNeither() {
        MailAccount account = MailAccount.of("vm1", FLOW);

        assertThat(account).isEqualTo(MailAccount.of("vm1", FLOW));
        assertThat(account.user()).isEqualTo("flow-" + FLOW);
        assertThat(account.password()).matches("key-[0-9a-f]{16}").doesNotContain("vm1");
        assertThat(account.password())
                .isNotEqualTo(MailAccount.of("vm2", FLOW).password())
                .isNotEqualTo(MailAccount.of("vm1", FlowId.of(3, 5)).password());
    }

    @Test
    void textNamesFlowAndNumber() {
        String text = FlowText.numbered(FLOW, "seq", 42);

        assertThat(text).isEqualTo("cofferdam flow=" + FLOW + " seq=000042");
        assertThat(FlowText.numberIn(FlowText.bytes(text))).isEqualTo(42);
        assertThat(FlowText.numberIn(new byte[3])).isZero();
        assertThat(FlowText.numberIn("seq=00004x".getBytes(StandardCharsets.US_ASCII)))
                .isZero();
    }
}
