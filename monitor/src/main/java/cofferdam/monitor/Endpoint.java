package cofferdam.monitor;

import cofferdam.monitor.evidence.FlowId;

import java.time.Duration;

/**
 * What an ordinary user of a machine does on the network. Every flow leaves a {@code flow-started}
 * and a {@code flow-finished} event, whose outcome is what the machine's own programs saw.
 */
public non-sealed interface Endpoint extends Capability {

    /**
     * Sends ICMP echo requests whose data names the flow and the sequence number.
     *
     * @param way over which protocol, and which of the other machine's addresses
     */
    Operation ping(Machine to, Way way, FlowId flow, int count, Duration interval);

    /** Sends ICMP echo requests to the other machine's configured address. */
    default Operation ping(Machine to, FlowId flow, int count, Duration interval) {
        return ping(to, Way.IPV4, flow, count, interval);
    }

    /** Sends messages to the echo service at the other machine's configured address. */
    default Operation probe(Machine to, FlowId flow, int count, Duration interval) {
        return probe(to, Way.IPV4, flow, count, interval);
    }

    /**
     * Sends messages to the echo service (RFC 862, port 7) of another machine; each names the flow and
     * its sequence number in readable text. They are datagrams of UDP, or, where the other machines are
     * real ones that have no such service, lines over one connection of TCP.
     *
     * @param way over which protocol, and which of the other machine's addresses
     */
    Operation probe(Machine to, Way way, FlowId flow, int count, Duration interval);

    /**
     * Logs in to the mail service (POP3, RFC 1939, TCP port 110) of another machine with user and
     * password, reads the one message there, whose lines name the flow, and logs out.
     */
    Operation login(Machine to, FlowId flow);

    /**
     * Asks for an address by DHCP (RFC 2131) and takes what is offered first. The lease is recorded
     * as a flow to the machine that is the true server.
     */
    Operation lease(Machine server, FlowId flow);

    /** How another machine is reached. */
    enum Way {
        /** At its configured address. */
        IPV4,
        /** At its global address, on the same link. */
        IPV6,
        /** At {@link NetworkSetup#REMOTE_IPV4}, by the router that a lease named. */
        ROUTED_IPV4,
        /** At {@link NetworkSetup#REMOTE_IPV6}, by the router that was advertised. */
        ROUTED_IPV6
    }

    /** Something begun that takes time. */
    interface Operation {
        /** Whether it has ended, well or not. */
        boolean done();
    }
}
