package cofferdam.monitor.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.util.List;

/**
 * Something that happened, as an outsider could have recorded it. Each has a time (nanoseconds
 * since 1970-01-01T00:00:00Z on the host's clock), an actor, a subject and an outcome; one is one
 * line of {@code events.jsonl}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.MachineStarted.class, name = "machine-started"),
    @JsonSubTypes.Type(value = Event.CableChanged.class, name = "cable-changed"),
    @JsonSubTypes.Type(value = Event.PromiscuousChanged.class, name = "promiscuous-changed"),
    @JsonSubTypes.Type(value = Event.AddressChanged.class, name = "address-changed"),
    @JsonSubTypes.Type(value = Event.NeighbourChanged.class, name = "neighbour-changed"),
    @JsonSubTypes.Type(value = Event.FlowStarted.class, name = "flow-started"),
    @JsonSubTypes.Type(value = Event.FlowFinished.class, name = "flow-finished"),
    @JsonSubTypes.Type(value = Event.AttackStarted.class, name = "attack-started"),
    @JsonSubTypes.Type(value = Event.AttackReported.class, name = "attack-reported"),
    @JsonSubTypes.Type(value = Event.AttackStopped.class, name = "attack-stopped"),
    @JsonSubTypes.Type(value = Event.FramesDropped.class, name = "frames-dropped"),
    @JsonSubTypes.Type(value = Event.CapabilityMissing.class, name = "capability-missing"),
    @JsonSubTypes.Type(value = Event.StepStarted.class, name = "step-started"),
    @JsonSubTypes.Type(value = Event.RunFinished.class, name = "run-finished")
})
public sealed interface Event {

    /** Nanoseconds since 1970-01-01T00:00:00Z on the host's clock. */
    long time();

    /** Who did it: a machine, {@code scenario}, or a part of the monitor. */
    String actor();

    /** A machine began to live, with the addresses that it was configured with. */
    record MachineStarted(long time, String actor, Ipv4Address subject, MacAddress outcome)
            implements Event {}

    /** A machine's cables were connected or cut. */
    record CableChanged(long time, String actor, String subject, boolean outcome)
            implements Event {}

    /** A machine asked one of its interfaces for promiscuous mode, or for its end. */
    record PromiscuousChanged(long time, String actor, String subject, boolean outcome)
            implements Event {}

    /** A machine gave one of its interfaces another address. */
    record AddressChanged(long time, String actor, String subject, MacAddress outcome)
            implements Event {}

    /**
     * The ARP cache of a machine's own network stack holds another hardware address for a protocol
     * address.
     *
     * @param outcome the address that it holds now
     * @param cause the ARP message or the program that made it so
     */
    record NeighbourChanged(
            long time, String actor, Ipv4Address subject, MacAddress outcome, String cause)
            implements Event {}

    /** A legitimate exchange from actor to subject began. */
    record FlowStarted(long time, String actor, String subject, FlowKind kind, FlowId flow)
            implements Event {}

    /**
     * A legitimate exchange ended, as the actor's own program saw it.
     *
     * @param outcome whether everything that was sent was answered as it should be
     * @param sent messages sent: requests, probes, or command lines
     * @param answered answers received
     * @param detail what went wrong, or empty
     */
    record FlowFinished(
            long time,
            String actor,
            String subject,
            FlowOutcome outcome,
            FlowKind kind,
            FlowId flow,
            int sent,
            int answered,
            String detail)
            implements Event {}

    /** An attack began, aimed at the protocol addresses of its victims. */
    record AttackStarted(long time, String actor, String subject, List<String> victims)
            implements Event {
        public AttackStarted {
            victims = List.copyOf(victims);
        }
    }

    /** An attack says what it sees. Evidence of what the adversary believed, never of success. */
    record AttackReported(long time, String actor, String subject, String outcome)
            implements Event {}

    /** An attack ended and had put back what it could. */
    record AttackStopped(long time, String actor, String subject, String outcome)
            implements Event {}

    /**
     * A filter of the monitor dropped frames.
     *
     * @param time when the count was taken, at the end of the run
     * @param actor the fabric that dropped them
     * @param subject the machine or uplink at whose port they were dropped
     * @param outcome the filter's name, a policy key
     * @param frames how many in all
     * @param first when the first of them was dropped
     */
    record FramesDropped(
            long time, String actor, String subject, String outcome, long frames, long first)
            implements Event {}

    /** Something that the scenario needs does not exist here; the outcome is the reason. */
    record CapabilityMissing(long time, String actor, String subject, String outcome)
            implements Event {}

    /** The scenario came to its next step; the subject is the step in words. */
    record StepStarted(long time, String actor, String subject) implements Event {}

    /** The scenario ended. Evidence without this event is not complete. */
    record RunFinished(long time, String actor, RunOutcome outcome, String detail)
            implements Event {}
}
