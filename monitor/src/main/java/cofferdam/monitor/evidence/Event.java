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
    @JsonSubTypes.Type(value = Event.DiskAttached.class, name = "disk-attached"),
    @JsonSubTypes.Type(value = Event.DiskReleased.class, name = "disk-released"),
    @JsonSubTypes.Type(value = Event.PowerChanged.class, name = "power-changed"),
    @JsonSubTypes.Type(value = Event.FileSaved.class, name = "file-saved"),
    @JsonSubTypes.Type(value = Event.FileRead.class, name = "file-read"),
    @JsonSubTypes.Type(value = Event.FileErased.class, name = "file-erased"),
    @JsonSubTypes.Type(value = Event.SnapshotTaken.class, name = "snapshot-taken"),
    @JsonSubTypes.Type(value = Event.SnapshotDeleted.class, name = "snapshot-deleted"),
    @JsonSubTypes.Type(value = Event.HostFilePlaced.class, name = "host-file-placed"),
    @JsonSubTypes.Type(value = Event.ImageAccessed.class, name = "image-accessed"),
    @JsonSubTypes.Type(value = Event.ImagesKept.class, name = "images-kept"),
    @JsonSubTypes.Type(value = Event.DeviceRead.class, name = "device-read"),
    @JsonSubTypes.Type(value = Event.DeviceWritten.class, name = "device-written"),
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

    /**
     * A machine was given a disk.
     *
     * @param subject the name of its image file
     * @param outcome the layers between the guest and the file, such as {@code qcow2 + aead}
     * @param bytes the size of the disk that the guest sees
     */
    record DiskAttached(long time, String actor, String subject, String outcome, long bytes)
            implements Event {}

    /** A machine's disk was removed and its image file deleted. */
    record DiskReleased(long time, String actor, String subject) implements Event {}

    /**
     * A machine was switched on or off.
     *
     * @param subject the name of its image file
     * @param detail what was reported, or empty
     */
    record PowerChanged(long time, String actor, String subject, PowerState outcome, String detail)
            implements Event {}

    /**
     * A machine saved a file with a secret in it.
     *
     * @param subject the file's path in the machine
     * @param sha256 of the file's content, 64 hexadecimal digits; empty unless saved
     * @param detail what went wrong, or empty
     */
    record FileSaved(
            long time,
            String actor,
            String subject,
            FileOutcome outcome,
            Canary canary,
            String sha256,
            String detail)
            implements Event {}

    /**
     * A machine read a file.
     *
     * @param sha256 of what it read, 64 hexadecimal digits; empty unless read
     * @param detail what went wrong, or empty
     */
    record FileRead(
            long time,
            String actor,
            String subject,
            FileOutcome outcome,
            String sha256,
            String detail)
            implements Event {}

    /** A machine overwrote a file with zeros and deleted it. */
    record FileErased(long time, String actor, String subject, FileOutcome outcome, String detail)
            implements Event {}

    /** The state of a machine's disk was kept under a name, which is the outcome. */
    record SnapshotTaken(long time, String actor, String subject, String outcome)
            implements Event {}

    /** A kept state of a machine's disk was deleted. */
    record SnapshotDeleted(long time, String actor, String subject, String outcome)
            implements Event {}

    /** The host keeps a file of its own, with a secret, where it keeps image files. */
    record HostFilePlaced(long time, String actor, String subject, Canary canary)
            implements Event {}

    /**
     * Somebody with access to the host's storage touched an image file.
     *
     * @param sha256 of the whole file afterwards, 64 hexadecimal digits; empty if refused
     * @param detail what was changed where, or why it was refused
     */
    record ImageAccessed(
            long time,
            String actor,
            String subject,
            ImageAccess outcome,
            String sha256,
            String detail)
            implements Event {}

    /** Every image file was kept as it was then; the subject is the moment's name. */
    record ImagesKept(long time, String actor, String subject) implements Event {}

    /**
     * A machine read its own disk block by block; what it read is kept.
     *
     * @param subject the file in the run's folder that has the bytes, each at its offset
     * @param outcome what went wrong, or empty
     * @param bytes how many it read in all, from offset 0 on
     */
    record DeviceRead(long time, String actor, String subject, String outcome, long bytes)
            implements Event {}

    /** A machine wrote to its own disk past its file system. */
    record DeviceWritten(
            long time, String actor, String subject, String outcome, long offset, long bytes)
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
