package cofferdam.attacks;

import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Who attacks, and with what knowledge.
 *
 * @param machine the attacker's own machine
 * @param targets whom the attack is aimed at
 * @param settings what the scenario set, complete and within limits
 * @param random the attacker's own source of choices, fixed by the run's seed
 * @param report takes what the attacker sees, in words, for the event log
 */
public record Adversary(
        Machine machine,
        Targets targets,
        SettingValues settings,
        Timeline timeline,
        RandomGenerator random,
        Consumer<String> report) {}
