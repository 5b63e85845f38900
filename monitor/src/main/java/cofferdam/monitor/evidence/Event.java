package cofferdam.monitor.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
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
    @JsonSubTypes.Type(value = Event.RealMonitorStarted.class, name = "real-monitor-started"),
    @JsonSubTypes.Type(value = Event.MachineStarted.class, name = "machine-started"),
    @JsonSubTypes.Type(value = Event.NetworkJoined.class, name = "network-joined"),
    @JsonSubTypes.Type(value = Event.CableChanged.class, name = "cable-changed"),
    @JsonSubTypes.Type(value = Event.PromiscuousChanged.class, name = "promiscuous-changed"),
    @JsonSubTypes.Type(value = Event.ListeningTested.class, name = "listening-tested"),
    @JsonSubTypes.Type(value = Event.AddressChanged.class, name = "address-changed"),
    @JsonSubTypes.Type(value = Event.NeighbourChanged.class, name = "neighbour-changed"),
    @JsonSubTypes.Type(value = Event.CacheWatched.class, name = "cache-watched"),
    @JsonSubTypes.Type(value = Event.Ipv6NeighbourChanged.class, name = "ipv6-neighbour-changed"),
    @JsonSubTypes.Type(value = Event.RouterChanged.class, name = "router-changed"),
    @JsonSubTypes.Type(value = Event.LeaseObtained.class, name = "lease-obtained"),
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
    @JsonSubTypes.Type(value = Event.MemoryConfigured.class, name = "memory-configured"),
    @JsonSubTypes.Type(value = Event.MemorySampled.class, name = "memory-sampled"),
    @JsonSubTypes.Type(value = Event.ResourcesSampled.class, name = "resources-sampled"),
    @JsonSubTypes.Type(value = Event.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = Event.MachineEnded.class, name = "machine-ended"),
    @JsonSubTypes.Type(value = Event.ProcessEnded.class, name = "process-ended"),
    @JsonSubTypes.Type(value = Event.SystemSabotaged.class, name = "system-sabotaged"),
    @JsonSubTypes.Type(value = Event.SecretRemembered.class, name = "secret-remembered"),
    @JsonSubTypes.Type(value = Event.SecretRecalled.class, name = "secret-recalled"),
    @JsonSubTypes.Type(value = Event.FramesReleased.class, name = "frames-released"),
    @JsonSubTypes.Type(value = Event.MemoryRead.class, name = "memory-read"),
    @JsonSubTypes.Type(value = Event.PagesHeld.class, name = "pages-held"),
    @JsonSubTypes.Type(value = Event.WritesTimed.class, name = "writes-timed"),
    @JsonSubTypes.Type(value = Event.MessageGiven.class, name = "message-given"),
    @JsonSubTypes.Type(value = Event.MessageReceived.class, name = "message-received"),
    @JsonSubTypes.Type(value = Event.HostSecretPlaced.class, name = "host-secret-placed"),
    @JsonSubTypes.Type(value = Event.HostProcessListed.class, name = "host-process-listed"),
    @JsonSubTypes.Type(value = Event.HostResourceRemoved.class, name = "host-resource-removed"),
    @JsonSubTypes.Type(value = Event.ConsoleUsed.class, name = "console-used"),
    @JsonSubTypes.Type(value = Event.DeviceGiven.class, name = "device-given"),
    @JsonSubTypes.Type(value = Event.DeviceFound.class, name = "device-found"),
    @JsonSubTypes.Type(value = Event.BusScanned.class, name = "bus-scanned"),
    @JsonSubTypes.Type(value = Event.DevicesListed.class, name = "devices-listed"),
    @JsonSubTypes.Type(value = Event.ServiceMeasured.class, name = "service-measured"),
    @JsonSubTypes.Type(value = Event.CapabilityMissing.class, name = "capability-missing"),
    @JsonSubTypes.Type(value = Event.SettingNotEnforced.class, name = "setting-not-enforced"),
    @JsonSubTypes.Type(value = Event.StepStarted.class, name = "step-started"),
    @JsonSubTypes.Type(value = Event.RunFinished.class, name = "run-finished")
})
public sealed interface Event {

    /** Nanoseconds since 1970-01-01T00:00:00Z on the host's clock. */
    long time();

    /** Who did it: a machine, {@code scenario}, or a part of the monitor. */
    String actor();

    /**
     * The guests are those of a real monitor. What is seen of them comes by ways that can fail without
     * anybody's notice, so that these are tested in the run itself.
     *
     * @param actor {@code monitor}
     * @param subject the monitor's name
     */
    record RealMonitorStarted(long time, String actor, String subject) implements Event {}

    /** A machine began to live, with the addresses that it was configured with. */
    record MachineStarted(long time, String actor, Ipv4Address subject, MacAddress outcome)
            implements Event {}

    /**
     * A machine's interfaces were put into a virtual LAN (IEEE Std 802.1Q).
     *
     * @param subject its identifier
     */
    record NetworkJoined(long time, String actor, int subject) implements Event {}

    /** A machine's cables were connected or cut. */
    record CableChanged(long time, String actor, String subject, boolean outcome)
            implements Event {}

    /** A machine asked one of its interfaces for promiscuous mode, or for its end. */
    record PromiscuousChanged(long time, String actor, String subject, boolean outcome)
            implements Event {}

    /**
     * Frames for the addresses of all other machines were put on the line to an interface in
     * promiscuous mode, after all that went to it before.
     *
     * @param actor whose interface it is
     * @param outcome whether every one of them was heard
     */
    record ListeningTested(long time, String actor, String subject, boolean outcome)
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

    /**
     * The ARP cache of a machine's own network stack is looked at again and again, and so it was at
     * this time. What it holds between two looks nobody sees.
     *
     * @param subject how often it has been looked at so far
     */
    record CacheWatched(long time, String actor, long subject) implements Event {}

    /**
     * The neighbour cache of a machine's own network stack (RFC 4861) holds another hardware address
     * for an IPv6 address.
     *
     * @param outcome the address that it holds now
     * @param cause the message or the program that made it so
     */
    record Ipv6NeighbourChanged(
            long time, String actor, Ipv6Address subject, MacAddress outcome, String cause)
            implements Event {}

    /**
     * A machine's own network stack has another default router, or none.
     *
     * @param subject {@code ipv4} or {@code ipv6}
     * @param outcome the router's address in text, empty where there is none any more
     * @param cause the message that made it so, and the hardware address that sent it
     */
    record RouterChanged(long time, String actor, String subject, String outcome, String cause)
            implements Event {}

    /**
     * A machine's DHCP client took a lease.
     *
     * @param subject the server, as the server names itself
     * @param outcome the address that was leased
     * @param router the router that the server named, or the unspecified address
     * @param server the hardware address that the acknowledgement came from
     */
    record LeaseObtained(
            long time,
            String actor,
            Ipv4Address subject,
            Ipv4Address outcome,
            Ipv4Address router,
            MacAddress server)
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

    /**
     * A machine was given memory.
     *
     * @param actor {@code monitor}
     * @param subject the machine
     * @param size what it sees, in bytes
     * @param limit the most that it may hold of the host's memory, in bytes: what it is configured
     *     with
     * @param reservation what is never taken back from it, in bytes
     */
    record MemoryConfigured(
            long time,
            String actor,
            String subject,
            long size,
            long limit,
            long reservation,
            int shares)
            implements Event {}

    /**
     * How memory was used at one time, in bytes.
     *
     * @param actor who looked: a machine at itself, {@code monitor} at a machine or at {@code host},
     *     {@code host} at what its operating system sees of either
     * @param subject the machine, or {@code host}
     * @param size what there is
     * @param used of a machine: what of it has contents that are kept in the host's memory; of the
     *     host: what is not free
     * @param frames the host's memory that holds it; a frame that machines share counts for each its
     *     part, rounded down
     * @param shared how much of what is used lies in frames that are shared
     * @param ballooned what the guest's driver has given back
     * @param swapped what is in a swap file: the machine's own where it looks at itself, else the host's
     */
    record MemorySampled(
            long time,
            String actor,
            String subject,
            long size,
            long used,
            long frames,
            long shared,
            long ballooned,
            long swapped)
            implements Event {}

    /**
     * What a machine has used since the host started, as the monitor counts it.
     *
     * @param actor {@code monitor}
     * @param subject the machine
     * @param processor the time that it had the processor, in nanoseconds
     * @param disk what it has read from the host's disk and written to it, in bytes
     */
    record ResourcesSampled(long time, String actor, String subject, long processor, long disk)
            implements Event {}

    /**
     * A process of a machine tells that it lives and computes.
     *
     * @param subject the process
     * @param number from 1 on, since the machine started
     * @param outcome 64 hexadecimal digits: number 0 is the SHA-256 of the machine's name in UTF-8,
     *     every next one the SHA-256 of the 32 bytes of the one before
     */
    record Heartbeat(long time, String actor, String subject, long number, String outcome)
            implements Event {}

    /** A running machine came to an end that nobody asked for; the detail is its last message. */
    record MachineEnded(long time, String actor, MachineEnd outcome, String detail)
            implements Event {}

    /** A process of a machine ended. */
    record ProcessEnded(long time, String actor, String subject, ProcessEnd outcome, String detail)
            implements Event {}

    /** Something that the root of a machine did to its own system; the outcome is empty if it was done. */
    record SystemSabotaged(long time, String actor, String subject, String outcome)
            implements Event {}

    /**
     * A program of a machine keeps a secret in its memory.
     *
     * @param subject the program
     * @param frames the frames of the host's memory that have it, as ranges such as {@code 4-7,12}
     * @param detail what went wrong, or empty
     */
    record SecretRemembered(
            long time, String actor, String subject, Canary canary, String frames, String detail)
            implements Event {}

    /**
     * A program of a machine looked for its secret.
     *
     * @param outcome what it found where the secret was, or empty
     * @param frames as in {@link SecretRemembered}
     */
    record SecretRecalled(long time, String actor, String subject, String outcome, String frames)
            implements Event {}

    /**
     * Memory was taken back from a machine, or given back at its end.
     *
     * @param actor {@code monitor}
     * @param subject the machine
     * @param outcome {@code balloon}, {@code swap} or {@code release}
     * @param frames as in {@link SecretRemembered}
     */
    record FramesReleased(long time, String actor, String subject, String outcome, String frames)
            implements Event {}

    /**
     * Somebody read memory; what was read is kept.
     *
     * @param subject the file in the run's folder that has the bytes
     * @param of whose memory: a machine, or a process of the host such as {@code vmm-vm1}
     * @param outcome what went wrong, or empty
     * @param sha256 of the bytes, 64 hexadecimal digits
     * @param frames the frames that were read, as in {@link SecretRemembered}; of a machine's own
     *     memory the frame of each page in the pages' order: runs such as {@code 4-7}, {@code 9-8} for
     *     frames that go down, {@code x3} for three pages that have none; empty if not told
     */
    record MemoryRead(
            long time,
            String actor,
            String subject,
            String of,
            String outcome,
            long bytes,
            String sha256,
            String frames)
            implements Event {}

    /**
     * A program of a machine keeps some pages of a public collection.
     *
     * @param subject the program
     * @param of how many pages the collection has
     * @param outcome which of them, one bit a page: hexadecimal digits of bytes, the lowest bit first
     */
    record PagesHeld(long time, String actor, String subject, int of, String outcome)
            implements Event {}

    /**
     * A program of a machine wrote once to each page of a public collection, and took the time.
     *
     * @param outcome for each page of the collection, in cycles
     */
    record WritesTimed(long time, String actor, String subject, List<Long> outcome)
            implements Event {
        public WritesTimed {
            outcome = List.copyOf(outcome);
        }
    }

    /** A machine was given a message to pass on covertly: hexadecimal digits. */
    record MessageGiven(long time, String actor, String subject, String outcome) implements Event {}

    /**
     * A machine says what message it has received covertly: hexadecimal digits.
     *
     * @param bits how many bits of it there are
     * @param span how long it took, in nanoseconds
     */
    record MessageReceived(
            long time, String actor, String subject, int bits, long span, String outcome)
            implements Event {}

    /** A process of the host's operating system, the subject, keeps a secret in its memory. */
    record HostSecretPlaced(long time, String actor, String subject, Canary canary)
            implements Event {}

    /**
     * A process of the host's operating system was listed.
     *
     * @param subject its program
     * @param process its number
     * @param machine the guest that it runs, or empty
     * @param resources what it has, each as its kind and name, such as {@code handle vm1.vhd}
     */
    record HostProcessListed(
            long time,
            String actor,
            String subject,
            int process,
            String machine,
            List<String> resources)
            implements Event {
        public HostProcessListed {
            resources = List.copyOf(resources);
        }
    }

    /** Something that a process of the host has was removed, or that was refused. */
    record HostResourceRemoved(
            long time, String actor, String subject, String resource, Access outcome, String detail)
            implements Event {}

    /**
     * Somebody used the management console.
     *
     * @param subject the machine, or {@code all}
     * @param action {@code list}, {@code power-off} or {@code power-on}
     * @param role the role in which it was used
     */
    record ConsoleUsed(
            long time,
            String actor,
            String subject,
            String action,
            String role,
            Access outcome,
            String detail)
            implements Event {}

    /**
     * A machine was given a device.
     *
     * @param actor {@code monitor}
     * @param subject the machine
     * @param device its name
     * @param function its PCI function, such as {@code 00:02.0}, or empty
     * @param outcome its PCI vendor and device number, such as {@code 1022:2000}, or empty
     * @param ports the I/O ports that are its own, as ranges of hexadecimal digits
     * @param memory the physical addresses that are its own, as ranges of hexadecimal digits
     */
    record DeviceGiven(
            long time,
            String actor,
            String subject,
            String device,
            String function,
            String outcome,
            String ports,
            String memory)
            implements Event {}

    /**
     * A machine's kernel looked at its buses, and something answered.
     *
     * @param subject {@code pci 00:02.0}, {@code port 03f5}, or a range of addresses such as {@code
     *     memory 00400000-004fffff}
     * @param outcome what it answered: a PCI vendor and device number, or a byte; of a range in the
     *     kernel's own map, what it is called there
     */
    record DeviceFound(long time, String actor, String subject, String outcome) implements Event {}

    /**
     * What a machine's kernel has read of one of its buses, as the bus saw it.
     *
     * @param subject {@code pci}, {@code ports} or {@code memory}
     * @param outcome what it read, as ranges of hexadecimal digits: functions as 16 bits of bus,
     *     device and function; ports; addresses, by whole pages of which a byte was read
     * @param answered what of it answered something else than all ones, as the outcome
     */
    record BusScanned(long time, String actor, String subject, String outcome, String answered)
            implements Event {}

    /**
     * A machine has told to the end what it found on one of its buses, by its own word alone.
     *
     * @param subject {@code pci}, {@code ports} or {@code memory}
     * @param outcome what it looked at, as ranges of hexadecimal digits: functions as 16 bits of bus,
     *     device and function; ports; the addresses that the kernel's map is of
     * @param found how many findings of this bus it told since it told of one before
     */
    record DevicesListed(long time, String actor, String subject, String outcome, int found)
            implements Event {}

    /**
     * A client measured the page service of a machine.
     *
     * @param subject the machine that serves
     * @param label what the measurement is called
     * @param sent requests
     * @param answered how many were answered rightly in time
     * @param span from the first request until no answer is waited for any more, in nanoseconds:
     *     the measurement began so long before the event's time
     * @param median the median time to an answer, in nanoseconds; 0 if there was none
     * @param worst the longest time to an answer, in nanoseconds
     */
    record ServiceMeasured(
            long time,
            String actor,
            String subject,
            String label,
            int sent,
            int answered,
            long span,
            long median,
            long worst)
            implements Event {}

    /** Something that the scenario needs does not exist here; the outcome is the reason. */
    record CapabilityMissing(long time, String actor, String subject, String outcome)
            implements Event {}

    /**
     * The policy asks for a setting that this monitor cannot enforce, or has otherwise.
     *
     * @param actor {@code monitor}
     * @param subject the policy's key, such as {@code monitor.type} or {@code disk.encryption}
     * @param outcome why, and what it has instead: for people
     */
    record SettingNotEnforced(long time, String actor, String subject, String outcome)
            implements Event {}

    /** The scenario came to its next step; the subject is the step in words. */
    record StepStarted(long time, String actor, String subject) implements Event {}

    /** The scenario ended. Evidence without this event is not complete. */
    record RunFinished(long time, String actor, RunOutcome outcome, String detail)
            implements Event {}
}
