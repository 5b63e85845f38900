package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * One connection: the state machine of RFC 9293 section 3.10, with the checks of RFC 5961 against
 * segments that somebody else made up. What the application may do is public.
 */
public final class TcpConnection {

    /**
     * How long a closed connection is remembered, twice the maximum segment lifetime as Linux has
     * it.
     */
    static final Duration TIME_WAIT = Duration.ofSeconds(60);

    /**
     * The least time between two acknowledgments that only contradict the peer, lest two hosts
     * contradict each other for ever.
     */
    static final Duration CHALLENGE_INTERVAL = Duration.ofMillis(500);

    private static final byte[] NOTHING = {};

    private static final TcpHandler NOBODY = new TcpHandler() {
        @Override
        public void progressed() {}

        @Override
        public void ended(TcpEnd end) {}
    };

    private final TcpSockets sockets;
    private final ConnectionKey key;
    private final Timeline timeline;
    private final TcpApplication application;
    private final Sender sender;
    private final ReceiveBuffer receiver = new ReceiveBuffer();
    private final Alarm forgetting;
    private TcpState state = TcpState.CLOSED;
    private TcpHandler handler = NOBODY;
    private @Nullable TcpEnd end;
    private boolean acknowledgmentDue;
    private boolean challenged;
    private long lastChallenge;

    TcpConnection(
            TcpSockets sockets,
            ConnectionKey key,
            Timeline timeline,
            int initialSequence,
            TcpApplication application) {
        this.sockets = sockets;
        this.key = key;
        this.timeline = timeline;
        this.application = application;
        this.sender = new Sender(timeline, initialSequence, new Segments());
        this.forgetting = new Alarm(timeline, () -> finish(TcpState.CLOSED, TcpEnd.CLOSED));
    }

    /** Whether the handshake is over and nothing has ended the connection. */
    public boolean established() {
        return state != TcpState.SYN_SENT && state != TcpState.SYN_RECEIVED && !state.over();
    }

    /**
     * Writes as many of the bytes from {@code offset} as there is room for.
     *
     * @return how many; 0 when there is no room, or when nothing may be sent any more
     */
    public int write(byte[] data, int offset) {
        return state.sends() ? sender.write(data, offset) : 0;
    }

    /** Reads at most {@code maximum} bytes that came in order; empty if there are none. */
    public byte[] read(int maximum) {
        byte[] bytes = receiver.read(maximum);
        if (!acknowledgmentDue && state.receives() && receiver.windowHasGrown()) {
            acknowledge();
        }
        return bytes;
    }

    /** Whether the peer has acknowledged everything that was written. */
    public boolean allAcknowledged() {
        return sender.idle();
    }

    /** Whether the peer has finished, and everything that it sent has been read. */
    public boolean exhausted() {
        return receiver.finished() && !receiver.readable();
    }

    /** Says that nothing more will be written; what was written is still delivered. */
    public void close() {
        switch (state) {
            case SYN_SENT, SYN_RECEIVED -> abort();
            case ESTABLISHED -> finishSending(TcpState.FIN_WAIT_1);
            case CLOSE_WAIT -> finishSending(TcpState.LAST_ACK);
            case FIN_WAIT_1, FIN_WAIT_2, CLOSING, TIME_WAIT, LAST_ACK, CLOSED -> {}
        }
    }

    private void finishSending(TcpState next) {
        state = next;
        sender.finish();
    }

    /** Gives the connection up and tells the peer so. */
    public void abort() {
        if (state.over()) {
            return;
        }
        if (receiver.started()) {
            transmit(EnumSet.of(Flag.RST), sender.sequence(), NOTHING);
        }
        fail(TcpEnd.ABORTED);
    }

    TcpState state() {
        return state;
    }

    ConnectionKey key() {
        return key;
    }

    Ipv4Address peer() {
        return key.peer();
    }

    /** Begins as a client. */
    void open() {
        handler = application.attach(this);
        state = TcpState.SYN_SENT;
        sender.start();
    }

    /** Begins as a server, from a client's SYN. */
    void open(TcpSegment syn) {
        state = TcpState.SYN_RECEIVED;
        receiver.start(syn.sequence());
        sender.peerOpened(syn);
        sender.start();
    }

    /** Ends as a client before anything was sent. */
    void refuse(TcpEnd reason) {
        handler = application.attach(this);
        fail(reason);
    }

    /** Ends without a word to the peer. */
    void fail(TcpEnd reason) {
        finish(TcpState.CLOSED, reason);
        report();
    }

    private void finish(TcpState last, TcpEnd reason) {
        state = last;
        end = end == null ? reason : end;
        sender.stop();
        forgetting.stop();
        if (last == TcpState.CLOSED) {
            sockets.forget(this);
        }
    }

    private void report() {
        TcpHandler told = handler;
        if (state.over() && end != null) {
            handler = NOBODY;
            told.ended(end);
        }
    }

    void receive(TcpSegment segment) {
        if (state == TcpState.SYN_SENT) {
            receiveAnswerToSyn(segment);
        } else if (state != TcpState.CLOSED) {
            receiveSynchronized(segment);
        }
        if (acknowledgmentDue && state != TcpState.CLOSED) {
            acknowledge();
        }
    }

    private void receiveAnswerToSyn(TcpSegment segment) {
        boolean acknowledges = segment.has(Flag.ACK);
        if (acknowledges && !sender.isNew(segment.acknowledgment())) {
            sockets.reset(key.peer(), segment);
            return;
        }
        if (segment.has(Flag.RST)) {
            if (acknowledges) {
                fail(TcpEnd.REFUSED);
            }
            return;
        }
        if (segment.has(Flag.SYN)) {
            receiveSyn(segment, acknowledges);
        }
    }

    private void receiveSyn(TcpSegment syn, boolean acknowledges) {
        receiver.start(syn.sequence());
        sender.peerOpened(syn);
        if (!acknowledges) {
            // Both sides opened at once (RFC 9293 section 3.5, figure 8).
            state = TcpState.SYN_RECEIVED;
            sender.repeatSyn();
            return;
        }
        state = TcpState.ESTABLISHED;
        sender.acknowledge(syn);
        receiveText(syn);
        progress();
    }

    private void receiveSynchronized(TcpSegment segment) {
        if (state == TcpState.SYN_RECEIVED && repeatsSyn(segment)) {
            sender.repeatSyn();
            return;
        }
        if (!receiver.acceptable(segment)) {
            refuse(segment);
            return;
        }
        if (segment.has(Flag.RST)) {
            receiveReset(segment);
            return;
        }
        if (segment.has(Flag.SYN)) {
            challenge();
            return;
        }
        if (segment.has(Flag.ACK) && acceptAcknowledgment(segment)) {
            sender.acknowledge(segment);
            noteAcknowledgedFin();
            receiveText(segment);
            progress();
        }
    }

    private boolean repeatsSyn(TcpSegment segment) {
        return segment.has(Flag.SYN)
                && !segment.has(Flag.RST)
                && !segment.has(Flag.ACK)
                && receiver.distance(segment) == -1;
    }

    private void refuse(TcpSegment segment) {
        if (segment.has(Flag.RST)) {
            return;
        }
        if (segment.sequenceLength() == 0) {
            challenge();
            return;
        }
        if (state == TcpState.TIME_WAIT && segment.has(Flag.FIN)) {
            forgetting.set(TIME_WAIT);
        }
        acknowledge();
    }

    private void receiveReset(TcpSegment segment) {
        if (receiver.distance(segment) != 0) {
            challenge();
            return;
        }
        // Once both sides have finished, a reset only says that the peer has forgotten the rest
        // (RFC 9293 section 3.10.7.4).
        fail(state.bothFinished() ? TcpEnd.CLOSED : TcpEnd.RESET);
    }

    private boolean acceptAcknowledgment(TcpSegment segment) {
        if (state == TcpState.SYN_RECEIVED) {
            return acceptHandshake(segment);
        }
        boolean plausible = sender.isPlausible(segment.acknowledgment());
        if (!plausible) {
            challenge();
        }
        return plausible;
    }

    private boolean acceptHandshake(TcpSegment segment) {
        boolean accepted = sender.isNew(segment.acknowledgment());
        if (!accepted) {
            sockets.reset(key.peer(), segment);
            return false;
        }
        state = TcpState.ESTABLISHED;
        if (handler == NOBODY) {
            handler = application.attach(this);
        }
        return true;
    }

    private void noteAcknowledgedFin() {
        if (!sender.finished()) {
            return;
        }
        switch (state) {
            case FIN_WAIT_1 -> state = TcpState.FIN_WAIT_2;
            case CLOSING -> beginTimeWait();
            case LAST_ACK -> finish(TcpState.CLOSED, TcpEnd.CLOSED);
            case SYN_SENT,
                    SYN_RECEIVED,
                    ESTABLISHED,
                    FIN_WAIT_2,
                    TIME_WAIT,
                    CLOSE_WAIT,
                    CLOSED -> {}
        }
    }

    private void receiveText(TcpSegment segment) {
        if (segment.sequenceLength() == 0) {
            return;
        }
        acknowledgmentDue = true;
        if (!state.receives()) {
            return;
        }
        receiver.accept(segment);
        if (receiver.finished()) {
            notePeersFin();
        }
    }

    private void notePeersFin() {
        switch (state) {
            case ESTABLISHED -> state = TcpState.CLOSE_WAIT;
            case FIN_WAIT_1 -> state = TcpState.CLOSING;
            case FIN_WAIT_2 -> beginTimeWait();
            case SYN_SENT, SYN_RECEIVED, CLOSING, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSED -> {}
        }
    }

    private void beginTimeWait() {
        finish(TcpState.TIME_WAIT, TcpEnd.CLOSED);
        forgetting.set(TIME_WAIT);
    }

    private void progress() {
        handler.progressed();
        report();
    }

    /** Contradicts the peer, but not too often (RFC 5961 section 7). */
    private void challenge() {
        long now = timeline.now();
        if (challenged && now - lastChallenge < CHALLENGE_INTERVAL.toNanos()) {
            return;
        }
        challenged = true;
        lastChallenge = now;
        acknowledge();
    }

    private void acknowledge() {
        transmit(EnumSet.noneOf(Flag.class), sender.sequence(), NOTHING);
    }

    private void transmit(Set<Flag> flags, int sequence, byte[] data) {
        boolean acknowledges = receiver.started();
        EnumSet<Flag> all = EnumSet.copyOf(flags);
        if (acknowledges) {
            all.add(Flag.ACK);
        }
        acknowledgmentDue = false;
        sockets.send(
                key.peer(),
                new TcpSegment(
                        key.localPort(),
                        key.peerPort(),
                        sequence,
                        acknowledges ? receiver.acknowledgment() : 0,
                        all,
                        receiver.advertise(),
                        flags.contains(Flag.SYN) ? Sender.MAXIMUM_SEGMENT : 0,
                        data));
    }

    private final class Segments implements Sender.Output {
        @Override
        public void transmit(Set<Flag> flags, int sequence, byte[] data) {
            TcpConnection.this.transmit(flags, sequence, data);
        }

        @Override
        public void advanced() {
            sockets.reachable(key.peer());
        }

        @Override
        public void gaveUp() {
            fail(TcpEnd.TIMED_OUT);
        }
    }
}
