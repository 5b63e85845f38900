package cofferdam.attacks.exhaustion;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.Programs;
import cofferdam.monitor.Programs.Stressor;

import java.time.Duration;
import java.util.List;

/**
 * The thesis's memory test: a program reserves memory and never frees any, until its machine has
 * neither memory nor swap left.
 */
public final class MemoryExhaustion implements Attack {

    private static final Setting.Span LIMIT = new Setting.Span(
            "limit",
            "how long it is waited for the machine to end the program",
            Duration.ofSeconds(30),
            Duration.ofMillis(1),
            Duration.ofHours(1));

    @Override
    public String name() {
        return "memory-exhaustion";
    }

    @Override
    public String summary() {
        return "reserves memory, writes to all of it and never frees any, until there is no more";
    }

    @Override
    public Boundary boundary() {
        return Boundary.EXHAUSTION;
    }

    @Override
    public List<Setting> settings() {
        return List.of(LIMIT);
    }

    @Override
    public Victims victims() {
        return Victims.NONE;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Programs programs = adversary
                .machine()
                .offer(Programs.class)
                .orElseThrow(MissingCapabilityException::new);
        return LeakCampaign.begin(
                adversary,
                programs.start(Stressor.MEMORY),
                adversary.settings().span(LIMIT.name()));
    }
}
