package cofferdam.monitor.linux;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.List;
import java.util.Optional;

/**
 * What a guest is started with.
 *
 * @param name the machine
 * @param mac the hardware address of its network interface under test
 * @param address the protocol address of its own network stack
 * @param memory what it has in all, in bytes
 * @param disk its disk, if it has one
 * @param nonce hexadecimal digits that nobody else knows, by which the guest's words are recognised
 */
public record GuestPlan(
        String name,
        MacAddress mac,
        Ipv4Address address,
        long memory,
        Optional<GuestDisk> disk,
        String nonce) {

    /**
     * What the guest's kernel is told, as parameters of its command line.
     *
     * @param console the serial line to the testbed, as its device is called in the guest
     */
    public List<String> parameters(String console) {
        return List.of(
                "quiet",
                "panic=-1",
                "cofferdam.name=" + name,
                "cofferdam.mac=" + mac,
                "cofferdam.address=" + address,
                "cofferdam.console=" + console,
                "cofferdam.nonce=" + nonce);
    }
}
