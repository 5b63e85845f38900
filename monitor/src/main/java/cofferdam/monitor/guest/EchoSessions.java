package cofferdam.monitor.guest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The programs that wait for what a peer brings back, each under a number of its own.
 *
 * @param <A> the addresses of peers
 */
final class EchoSessions<A> {

    /** The most programs at once. */
    static final int MAXIMUM_SESSIONS = 1024;

    private final RandomGenerator random;
    private final int first;
    private final int range;
    private final Map<Integer, Session<A>> sessions = new LinkedHashMap<>();

    private record Session<A>(A peer, EchoExchange.Listener listener) {}

    /**
     * @param first the smallest number
     * @param range how many numbers there are
     */
    EchoSessions(RandomGenerator random, int first, int range) {
        this.random = random;
        this.first = first;
        this.range = range;
    }

    /**
     * A number that no other session has.
     *
     * @throws IllegalStateException if {@link #MAXIMUM_SESSIONS} are open
     */
    int open(A peer, EchoExchange.Listener listener) {
        if (sessions.size() >= MAXIMUM_SESSIONS) {
            throw new IllegalStateException(
                    "%d echo sessions are open, the limit".formatted(MAXIMUM_SESSIONS));
        }
        int number = random.nextInt(range);
        while (sessions.containsKey(first + number)) {
            number = (number + 1) % range;
        }
        sessions.put(first + number, new Session<>(peer, listener));
        return first + number;
    }

    void close(int number) {
        sessions.remove(number);
    }

    /** Something came back from a machine; whoever waits for that machine gets it. */
    void answered(int number, A from, int sequence, byte[] data) {
        Session<A> session = sessions.get(number);
        if (session != null && session.peer.equals(from)) {
            session.listener.answered(sequence, data);
        }
    }
}
