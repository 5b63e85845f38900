package cofferdam.attacks;

import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Who attacks, and with what knowledge.
 *
 * @param machine the attacker's own machine
 * @param accomplice another machine that the attacker has, for attacks that take one
 * @param targets whom the attack is aimed at
 * @param settings what the scenario set, complete and within limits
 * @param random the attacker's own source of choices, fixed by the run's seed
 * @param report takes what the attacker sees, in words, for the event log
 * @param findings takes what the attacker measures, for the event log
 */
public record Adversary(
        Machine machine,
        Optional<Machine> accomplice,
        Targets targets,
        SettingValues settings,
        Timeline timeline,
        RandomGenerator random,
        Consumer<String> report,
        Findings findings) {

    /** An attacker without accomplice who measures nothing. */
    public Adversary(
            Machine machine,
            Targets targets,
            SettingValues settings,
            Timeline timeline,
            RandomGenerator random,
            Consumer<String> report) {
        this(machine, Optional.empty(), targets, settings, timeline, random, report, Findings.NONE);
    }
}
