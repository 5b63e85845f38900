package cofferdam.attacks.network;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.ArpPacket.Operation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out the victims' hardware addresses by ordinary ARP requests (RFC 826), three a second
 * apart as Linux asks, and keeps the first answer of each victim. For a victim that does not answer
 * it takes the address that the attacker knows beforehand, if it knows one.
 */
final class AddressResolution {

    /** How often a victim is asked before the campaign goes on without its address. */
    static final int ATTEMPTS = 3;

    /** How long an answer is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final MacAddress ZERO = new MacAddress(0);

    private final Foothold foothold;
    private final Map<Ipv4Address, MacAddress> found = new LinkedHashMap<>();
    private Runnable then = () -> {};
    private boolean ended;

    AddressResolution(Foothold foothold) {
        this.foothold = foothold;
    }

    /**
     * Asks; runs {@code then} once, when all victims have answered or the last attempt has failed.
     */
    void begin(Runnable action) {
        then = action;
        int attempts = missing().isEmpty() ? 0 : ATTEMPTS;
        foothold.agenda().repeat(PATIENCE, attempts, attempt -> ask(), this::end);
    }

    /** Asks every victim that has not answered yet. */
    void ask() {
        for (Ipv4Address victim : missing()) {
            foothold.transmitter().send(request(foothold, victim));
        }
    }

    /** Learns from the frame if it is a victim's answer to the attacker. */
    void heard(byte[] frame) {
        ArpPacket.inFrame(frame).filter(this::isNews).ifPresent(answer -> {
            found.put(answer.senderProtocol(), answer.senderHardware());
            foothold.report(
                    "victim " + answer.senderProtocol() + " is at " + answer.senderHardware());
            if (missing().isEmpty()) {
                end();
            }
        });
    }

    /** The hardware address of a victim; empty if it has not answered, or is no victim. */
    Optional<MacAddress> of(Ipv4Address victim) {
        return Optional.ofNullable(found.get(victim));
    }

    /** An ARP request from the attacker to everybody. */
    static byte[] request(Foothold foothold, Ipv4Address target) {
        MacAddress own = foothold.hardware();
        return ArpPacket.request(own, foothold.protocol(), target)
                .toFrame(MacAddress.BROADCAST, own);
    }

    /** Whether the packet is {@code victim}'s answer to the attacker. */
    static boolean isAnswer(Foothold foothold, ArpPacket packet, Ipv4Address victim) {
        return packet.operation() == Operation.REPLY
                && packet.senderProtocol().equals(victim)
                && packet.targetHardware().equals(foothold.hardware());
    }

    private boolean isNews(ArpPacket packet) {
        MacAddress sender = packet.senderHardware();
        return missing().contains(packet.senderProtocol())
                && isAnswer(foothold, packet, packet.senderProtocol())
                && !sender.isGroup()
                && !sender.equals(ZERO)
                && !sender.equals(foothold.hardware());
    }

    private List<Ipv4Address> missing() {
        return foothold.victims().stream()
                .filter(victim -> !found.containsKey(victim))
                .toList();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        missing().forEach(this::fallBack);
        then.run();
    }

    private void fallBack(Ipv4Address victim) {
        foothold.report("victim " + victim + " does not answer");
        foothold.known(victim).ifPresent(address -> {
            found.put(victim, address);
            foothold.report("victim " + victim + " is known to be at " + address);
        });
    }
}
