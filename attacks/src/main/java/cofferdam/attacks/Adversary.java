package cofferdam.attacks;

import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Who attacks, and with what knowledge.
 *
 * @param machine the attacker's own machine
 * @param victims the victims' protocol addresses; their hardware addresses it must find out itself
 * @param settings what the scenario set, complete and within limits
 * @param random the attacker's own source of choices, fixed by the run's seed
 * @param report takes what the attacker sees, in words, for the event log
 */
public record Adversary(
        Machine machine,
        List<Ipv4Address> victims,
        SettingValues settings,
        Timeline timeline,
        RandomGenerator random,
        Consumer<String> report) {

    public Adversary {
        victims = List.copyOf(victims);
    }
}
