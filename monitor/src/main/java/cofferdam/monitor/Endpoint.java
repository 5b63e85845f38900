package cofferdam.monitor;

import cofferdam.monitor.evidence.FlowId;

import java.time.Duration;

/**
 * What an ordinary user of a machine does on the network. Every flow leaves a {@code flow-started}
 * and a {@code flow-finished} event, whose outcome is what the machine's own programs saw.
 */
public non-sealed interface Endpoint extends Capability {

    /** Sends ICMP echo requests whose data names the flow and the sequence number. */
    Operation ping(Machine to, FlowId flow, int count, Duration interval);

    /**
     * Sends datagrams to the echo service (RFC 862, UDP port 7) of another machine; each names the
     * flow and its sequence number in readable text.
     */
    Operation probe(Machine to, FlowId flow, int count, Duration interval);

    /**
     * Logs in to the mail service (POP3, RFC 1939, TCP port 110) of another machine with user and
     * password, reads the one message there, whose lines name the flow, and logs out.
     */
    Operation login(Machine to, FlowId flow);

    /** Something begun that takes time. */
    interface Operation {
        /** Whether it has ended, well or not. */
        boolean done();
    }
}
