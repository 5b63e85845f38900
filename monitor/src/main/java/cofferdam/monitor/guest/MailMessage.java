package cofferdam.monitor.guest;

import cofferdam.monitor.evidence.FlowId;

import java.util.ArrayList;
import java.util.List;

/**
 * The one message in the mailbox of a flow (RFC 5322): header lines, an empty line, and lines that
 * name the flow, enough for several TCP segments.
 *
 * @param lines without their line ends
 */
public record MailMessage(List<String> lines) {

    /** Lines of the body that name the flow. */
    static final int NUMBERED_LINES = 96;

    public MailMessage {
        lines = List.copyOf(lines);
    }

    /** The message that a server keeps for a flow. */
    public static MailMessage of(String server, FlowId flow) {
        MailAccount account = MailAccount.of(server, flow);
        List<String> lines = new ArrayList<>(NUMBERED_LINES + 8);
        lines.add("Date: Wed, 1 Jan 2003 00:00:00 +0000");
        lines.add("From: postmaster@" + server);
        lines.add("To: " + account.user() + "@" + server);
        lines.add("Subject: cofferdam flow=" + flow);
        lines.add("");
        lines.add("The secret is " + account.password());
        for (int i = 1; i <= NUMBERED_LINES; i++) {
            lines.add(FlowText.numbered(flow, "line", i));
        }
        return new MailMessage(lines);
    }

    /** The message's size with its line ends, in bytes. */
    public int octets() {
        return lines.stream().mapToInt(line -> line.length() + 2).sum();
    }

    /**
     * The message as a multi-line answer (RFC 1939 section 3): dots doubled, and a dot at the end.
     */
    public String toAnswer() {
        StringBuilder answer = new StringBuilder(octets() + 3);
        for (String line : lines) {
            answer.append(line.startsWith(".") ? "." : "").append(line).append("\r\n");
        }
        return answer.append(".\r\n").toString();
    }
}
