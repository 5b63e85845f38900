package cofferdam.monitor.guest;

import cofferdam.monitor.evidence.FlowId;

import java.nio.charset.StandardCharsets;

/**
 * The readable text by which the bytes of a flow are recognised: {@code cofferdam flow=...
 * seq=000001}.
 */
public final class FlowText {

    private static final int DIGITS = 6;
    private static final int BASE = 10;

    private FlowText() {}

    /** The text that names the flow and, with the label, a number of at most six digits. */
    public static String numbered(FlowId flow, String label, int number) {
        String digits = Integer.toString(number);
        return "cofferdam flow=" + flow + " " + label + "=" + "0".repeat(DIGITS - digits.length())
                + digits;
    }

    /** The number in the last six bytes, or 0 if they are not digits. */
    public static int numberIn(byte[] text) {
        if (text.length < DIGITS) {
            return 0;
        }
        int number = 0;
        for (int i = text.length - DIGITS; i < text.length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return 0;
            }
            number = BASE * number + text[i] - '0';
        }
        return number;
    }

    /** The text's bytes, one for each character. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
