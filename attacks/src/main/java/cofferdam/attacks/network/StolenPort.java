package cofferdam.attacks.network;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One victim's place in the switch's table. While it is stolen, frames for the victim come to the
 * attacker. To hand one on, the place must first go back: the victim is asked for its address, and
 * its answer shows the switch where it lives.
 */
final class StolenPort {

    /** How many frames wait for the victim's answer; those beyond are lost. */
    static final int MAXIMUM_QUEUE = 64;

    private final Foothold foothold;
    private final Ipv4Address victim;
    private final MacAddress mac;
    private final Runnable whenReturned;
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private State state = State.STOLEN;
    private Timeline.Timer asking = Agenda.NOTHING;
    private boolean leaving;
    private long handedOn;
    private long lost;

    private enum State {
        STOLEN,
        ASKING,
        RETURNED
    }

    /**
     * @param whenReturned runs when the place was given back for good
     */
    StolenPort(Foothold foothold, Ipv4Address victim, MacAddress mac, Runnable whenReturned) {
        this.foothold = foothold;
        this.victim = victim;
        this.mac = mac;
        this.whenReturned = whenReturned;
    }

    /**
     * Sends one stealing frame, unless the place is with the victim just now. Its destination is
     * the attacker itself, so that a switch passes it on to nobody.
     */
    void steal() {
        if (state == State.STOLEN) {
            foothold.transmitter()
                    .send(ArpPacket.request(mac, Ipv4Address.ANY, Ipv4Address.ANY)
                            .toFrame(foothold.hardware(), mac));
        }
    }

    /** Takes the frame if it is for the victim, or is the victim's answer. */
    void heard(byte[] frame) {
        if (state == State.RETURNED) {
            return;
        }
        if (Ethernet.destination(frame).equals(mac)) {
            keep(frame);
            return;
        }
        boolean answer = ArpPacket.inFrame(frame)
                .filter(packet -> AddressResolution.isAnswer(foothold, packet, victim)
                        && packet.senderHardware().equals(mac))
                .isPresent();
        if (answer && state == State.ASKING) {
            handOn();
        }
    }

    /** Gives the place back for good; ends in a bounded time whether the victim answers or not. */
    void giveBack() {
        leaving = true;
        ask();
    }

    boolean returned() {
        return state == State.RETURNED;
    }

    /** What became of the frames, in words. */
    @Override
    public String toString() {
        return "handed on " + handedOn + " frames for " + victim + ", lost " + lost;
    }

    private void keep(byte[] frame) {
        if (queue.size() == MAXIMUM_QUEUE) {
            lost++;
            return;
        }
        queue.add(frame);
        if (state == State.STOLEN) {
            ask();
        }
    }

    private void ask() {
        state = State.ASKING;
        asking.cancel();
        asking = foothold.agenda()
                .repeat(
                        AddressResolution.PATIENCE,
                        AddressResolution.ATTEMPTS,
                        attempt -> request(),
                        this::giveUp);
    }

    private void request() {
        byte[] request = AddressResolution.request(foothold, victim);
        if (leaving) {
            foothold.transmitter().putBack(request);
            return;
        }
        foothold.transmitter().send(request);
    }

    private void handOn() {
        asking.cancel();
        while (!queue.isEmpty()) {
            boolean sent = foothold.transmitter().send(queue.remove());
            handedOn += sent ? 1 : 0;
            lost += sent ? 0 : 1;
        }
        resume();
    }

    private void giveUp() {
        lost += queue.size();
        queue.clear();
        resume();
    }

    private void resume() {
        state = leaving ? State.RETURNED : State.STOLEN;
        if (leaving) {
            whenReturned.run();
        }
    }
}
