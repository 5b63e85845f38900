package cofferdam.monitor.linux;

import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.FlowText;
import cofferdam.monitor.guest.PopDialogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client program on a real guest came to, read from what it wrote. The guest may have made that
 * up: only what says in full that everything was answered is taken for success.
 *
 * @param sent messages or commands
 * @param answered of those
 * @param problem what went wrong; empty if nothing did
 */
record ProgramReport(int sent, int answered, String problem) {

    private static final Pattern PING = Pattern.compile(
            "^([0-9]{1,6}) packets transmitted, ([0-9]{1,6}) packets received", Pattern.MULTILINE);
    private static final Pattern SENT_NUMBER = Pattern.compile("sent ([0-9]{1,6})");
    private static final String SENT = "sent ";
    private static final String RECEIVED = "received ";
    private static final String CLOSED = "closed";
    private static final int LONGEST_COMPLAINT = 200;

    /** Of BusyBox's ping, with {@code -q}. */
    static ProgramReport ofPing(String output, int count) {
        Matcher summary = PING.matcher(output);
        if (!summary.find()) {
            return new ProgramReport(0, 0, unanswered(count, count, complaint(output)));
        }
        int sent = Math.min(count, Integer.parseInt(summary.group(1)));
        int answered = Math.min(sent, Integer.parseInt(summary.group(2)));
        return new ProgramReport(sent, answered, unanswered(count - answered, count, ""));
    }

    /** Of the script {@code probe} under nc. */
    static ProgramReport ofProbe(String output, FlowId flow, int count) {
        BitSet answered = new BitSet();
        List<String> complaints = new ArrayList<>();
        int sent = 0;
        int wrong = 0;
        for (String line : output.split("\n", -1)) {
            Matcher number = SENT_NUMBER.matcher(line);
            if (number.matches()) {
                sent = Math.max(sent, Math.min(count, Integer.parseInt(number.group(1))));
            } else if (line.startsWith(RECEIVED)) {
                int sequence = sequence(line.substring(RECEIVED.length()), flow, count);
                wrong += sequence == 0 ? 1 : 0;
                answered.set(sequence);
            } else {
                complaints.add(line);
            }
        }
        answered.clear(0);
        int right = answered.cardinality();
        int missing = Math.max(count - right, count - sent);
        String problem = unanswered(missing, count, complaint(String.join(" ", complaints)));
        String altered = wrong == 0 ? "" : "%d wrong answers".formatted(wrong);
        String both = problem.isEmpty() || altered.isEmpty() ? "" : ", ";
        return new ProgramReport(sent, right, problem + both + altered);
    }

    /** The number of the message that came back as it was; 0 if it is none of those. */
    private static int sequence(String text, FlowId flow, int count) {
        int number = FlowText.numberIn(text.getBytes(StandardCharsets.ISO_8859_1));
        boolean right = number >= 1
                && number <= count
                && text.equals(FlowText.numbered(flow, "seq", number));
        return right ? number : 0;
    }

    /** Of the script {@code login} under nc. */
    static ProgramReport ofLogin(String output, String server, FlowId flow) {
        PopDialogue dialogue = new PopDialogue(server, flow);
        List<String> complaints = new ArrayList<>();
        int sent = 0;
        boolean closed = false;
        for (String line : output.split("\n", -1)) {
            if (line.startsWith(RECEIVED)) {
                receive(dialogue, line.substring(RECEIVED.length()));
            } else if (line.startsWith(SENT)) {
                sent++;
            } else if (line.equals(CLOSED)) {
                closed = true;
            } else {
                complaints.add(line);
            }
        }
        if (!dialogue.over()) {
            String complaint = complaint(String.join(" ", complaints));
            dialogue.fail(complaint.isEmpty() ? "connection closed by server" : complaint);
        } else if (!closed) {
            dialogue.fail("connection not closed by server");
        } else if (sent != dialogue.sent()) {
            dialogue.fail("%d commands sent instead of %d".formatted(sent, dialogue.sent()));
        }
        return new ProgramReport(sent, dialogue.answered(), dialogue.problem());
    }

    private static void receive(PopDialogue dialogue, String line) {
        if (dialogue.over()) {
            dialogue.fail("the server goes on after its end");
        } else if (dialogue.problem().isEmpty()) {
            dialogue.receive(line);
        }
    }

    private static String unanswered(int missing, int count, String complaint) {
        if (missing == 0) {
            return "";
        }
        String silence = "no answer to %d of %d".formatted(missing, count);
        return complaint.isEmpty() ? silence : silence + ": " + complaint;
    }

    /** What a program complained of, in printable ASCII. */
    private static String complaint(String text) {
        String printable = text.replaceAll("[^ -~]+", " ").strip();
        return printable.length() > LONGEST_COMPLAINT
                ? printable.substring(0, LONGEST_COMPLAINT)
                : printable;
    }
}
