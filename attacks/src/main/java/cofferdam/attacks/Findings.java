package cofferdam.attacks;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * Where an attack puts down what it does and measures. Whoever judges looks at that, and not at what
 * the attack thinks of it.
 */
public interface Findings {

    /** For attacks that measure nothing. */
    Findings NONE = new NoFindings();

    /** A program of the attacker's has filled so many pages with the first ones of the public collection. */
    void filled(int pages);

    /**
     * The program wrote once to each of these pages.
     *
     * @param cycles what each write took
     */
    void timed(List<Long> cycles);

    /**
     * A message to pass on to the accomplice; only the attacker's own machine may make use of it.
     *
     * @param round tells messages of one attack apart
     * @return so many bits, each as likely set as not
     */
    BitSet message(String round, int bits);

    /**
     * The accomplice has received a message.
     *
     * @param round that of the message that was passed on
     * @param span how long it took, from the first page filled to the last one read
     */
    void received(String round, BitSet message, int bits, Duration span);
}
