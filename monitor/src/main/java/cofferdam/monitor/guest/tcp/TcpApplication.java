package cofferdam.monitor.guest.tcp;

/** What is to happen on a connection: a listening service, or a client. */
@FunctionalInterface
public interface TcpApplication {

    /** Takes a connection over; for a service, once it is established. */
    TcpHandler attach(TcpConnection connection);
}
