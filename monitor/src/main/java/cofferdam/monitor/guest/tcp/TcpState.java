package cofferdam.monitor.guest.tcp;

/** The states of a connection (RFC 9293 section 3.3.2); LISTEN is not one of a connection here. */
enum TcpState {
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSING,
    TIME_WAIT,
    CLOSE_WAIT,
    LAST_ACK,
    CLOSED;

    /** Whether the peer may still send data. */
    boolean receives() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
    }

    /** Whether the application may still send data. */
    boolean sends() {
        return this == ESTABLISHED || this == CLOSE_WAIT;
    }

    /** Whether the application here and the peer have both said that they send no more. */
    boolean bothFinished() {
        return this == CLOSING || this == LAST_ACK || this == TIME_WAIT;
    }

    /** Whether nothing more happens that the application could see. */
    boolean over() {
        return this == TIME_WAIT || this == CLOSED;
    }
}
