package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;

import java.util.List;

/** What machines and other switches are attached to. */
public interface Bridge {

    /**
     * Adds the port of a guest, on which every filter works.
     *
     * @param name the machine
     * @param configured the address that its interface was configured with
     * @param cable takes what leaves by this port
     * @throws IllegalStateException if there are 64 ports already
     */
    GuestPort attachGuest(String name, MacAddress configured, FrameSink cable);

    /**
     * Adds the port of a computer that no guest policy applies to; no filter works on it.
     *
     * @param name the machine
     * @param cable takes what leaves by this port
     * @return takes what comes in by this port
     * @throws IllegalStateException if there are 64 ports already
     */
    FrameSink attachComputer(String name, FrameSink cable);

    /**
     * Adds a port behind which there is another switch; no filter works on it.
     *
     * @param name the name for drops
     * @param cable takes what leaves by this port
     * @return takes what comes in by this port
     * @throws IllegalStateException if there are 64 ports already
     */
    FrameSink attachTrunk(String name, FrameSink cable);

    /**
     * The addresses that it knows now, sorted; none where it does not learn. With virtual LANs, an
     * address is listed once for each that knows it.
     */
    default List<LearnedAddress> learned() {
        return List.of();
    }
}
