package cofferdam.monitor.live;

/**
 * What is to happen when a watched channel is ready. Called on the thread that waits. A call that
 * waits in its turn may be called again before it returns.
 */
public interface Ready {

    /** The channel can be read from, or a server's channel can accept, or the other end has left. */
    default void readable() {}

    /** The channel can be written to, or its connection has been made or refused. */
    default void writable() {}
}
