package cofferdam.attacks;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom an attack is aimed at. An attack finds out its victims' hardware addresses by itself; where
 * nobody answers, it falls back on what is known beforehand. Hardware addresses are no secret (they
 * are assigned in series and stand in every broadcast), and an adversary that is kept from asking
 * must not look like a network that withstood it.
 *
 * @param machines the victims' names, by which a host knows its guests; in the scenario's order
 * @param addresses the victims' protocol addresses, in the scenario's order
 * @param known hardware addresses that the attacker knows beforehand; read when a victim has not
 *     answered
 */
public record Targets(
        List<String> machines, List<Ipv4Address> addresses, Map<Ipv4Address, MacAddress> known) {

    public Targets {
        machines = List.copyOf(machines);
        addresses = List.copyOf(addresses);
        known = Map.copyOf(known);
    }

    /** Victims of whom nothing but the protocol address is known. */
    public static Targets of(List<Ipv4Address> addresses) {
        return new Targets(List.of(), addresses, Map.of());
    }

    /** The hardware address of a victim, if it is known beforehand. */
    public Optional<MacAddress> known(Ipv4Address victim) {
        return Optional.ofNullable(known.get(victim));
    }
}
