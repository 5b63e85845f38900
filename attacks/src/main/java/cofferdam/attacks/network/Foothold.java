package cofferdam.attacks.network;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a campaign stands: the attacker's first interface, what it listens to, what it plans and
 * what it sends. Once closed, nothing is sent, planned or heard any more.
 */
final class Foothold {

    /** The most frames that any campaign sends, those that put things back aside. */
    static final long MAXIMUM_FRAMES = 10_000_000;

    private final Adversary adversary;
    private final RawNic nic;
    private final MacAddress hardware;
    private final Agenda agenda;
    private final Transmitter transmitter;
    private final List<RawNic.Listening> listenings = new ArrayList<>();
    private boolean promiscuous;
    private boolean closed;

    private Foothold(Adversary adversary, RawNic nic, long limit) {
        this.adversary = adversary;
        this.nic = nic;
        hardware = nic.address();
        agenda = new Agenda(adversary.timeline());
        transmitter = new Transmitter(nic, limit, adversary.report());
    }

    /**
     * Takes the first interface of the adversary's machine.
     *
     * @param limit how many frames may be sent, at most {@link #MAXIMUM_FRAMES}
     * @throws MissingCapabilityException if the machine gives no raw access to its interfaces
     * @throws IllegalArgumentException if the victims are not what the attack takes, are not
     *     different from each other, or the attacker is among them
     */
    static Foothold take(Attack attack, Adversary adversary, long limit)
            throws MissingCapabilityException {
        checkVictims(attack, adversary);
        RawNic nic = adversary
                .machine()
                .offer(NetworkInterfaces.class)
                .orElseThrow(MissingCapabilityException::new)
                .first();
        return new Foothold(adversary, nic, Math.min(limit, MAXIMUM_FRAMES));
    }

    private static void checkVictims(Attack attack, Adversary adversary) {
        int given = adversary.targets().addresses().size();
        Attack.Victims taken = attack.victims();
        if (given < taken.minimum() || given > taken.maximum()) {
            throw new IllegalArgumentException(attack.name() + " takes " + taken.minimum() + " to "
                    + taken.maximum() + " victims, not " + given);
        }
        Set<Ipv4Address> others = new HashSet<>();
        others.add(adversary.machine().address());
        for (Ipv4Address victim : adversary.targets().addresses()) {
            if (!others.add(victim)) {
                throw new IllegalArgumentException("victim " + victim + " of " + attack.name()
                        + " is given twice or is the attacker");
            }
        }
    }

    /** The interface itself. */
    RawNic nic() {
        return nic;
    }

    /** The hardware address that the interface had when the campaign began. */
    MacAddress hardware() {
        return hardware;
    }

    /** The protocol address of the attacker's machine. */
    Ipv4Address protocol() {
        return adversary.machine().address();
    }

    List<Ipv4Address> victims() {
        return adversary.targets().addresses();
    }

    /** The hardware address of a victim, if the attacker knows it beforehand. */
    Optional<MacAddress> known(Ipv4Address victim) {
        return adversary.targets().known(victim);
    }

    Agenda agenda() {
        return agenda;
    }

    Transmitter transmitter() {
        return transmitter;
    }

    void report(String sentence) {
        adversary.report().accept(sentence);
    }

    /** Asks for promiscuous mode, until the foothold is closed. */
    void becomePromiscuous() {
        promiscuous = true;
        nic.promiscuous(true);
    }

    /** Hands over every frame that is long enough to have an Ethernet header. */
    void listen(Consumer<byte[]> listener) {
        listenings.add(nic.listen(frame -> {
            if (!closed && frame.length >= Ethernet.HEADER_BYTES) {
                listener.accept(frame);
            }
        }));
    }

    /** Gives everything up. Does nothing the second time. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        agenda.close();
        transmitter.close();
        listenings.forEach(RawNic.Listening::stop);
        if (promiscuous) {
            nic.promiscuous(false);
        }
    }

    boolean closed() {
        return closed;
    }
}
