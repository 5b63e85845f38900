package cofferdam.monitor.guest.load;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A generator of datagrams after the character generator protocol (RFC 864), which answers a
 * request with as many as it asks for, back to back.
 */
public final class CharacterService implements Datagrams.Handler {

    /** Its port. */
    public static final int PORT = 19;

    /** The most datagrams that one request gets. */
    static final int MAXIMUM_DATAGRAMS = 64;

    /** The bytes of one. */
    static final int DATAGRAM_BYTES = 1400;

    /** What a request begins with: the number that its answers bear, and how many they are to be. */
    static final String REQUEST = "cofferdam characters";

    static final String COUNT = " of";

    /** What the last answer begins with, and those before it. */
    static final String LAST = "cofferdam last characters";

    private static final String MORE = "cofferdam more characters";

    /** A request for so many datagrams. */
    static byte[] request(int number, int datagrams) {
        byte[] first = NumberedText.of(REQUEST, number);
        byte[] second = NumberedText.of(COUNT, datagrams);
        byte[] request = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, request, first.length, second.length);
        return request;
    }

    @Override
    public void received(byte[] data, Consumer<byte[]> reply) {
        int number = NumberedText.number(REQUEST, data);
        int after = NumberedText.of(REQUEST, 0).length;
        if (number < 0 || data.length <= after) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(data, after, data.length);
        int count = Math.min(MAXIMUM_DATAGRAMS, NumberedText.number(COUNT, rest));
        for (int i = count; i > 0; i--) {
            byte[] text = NumberedText.of(i == 1 ? LAST : MORE, number);
            reply.accept(NumberedText.filled(text, DATAGRAM_BYTES));
        }
    }
}
