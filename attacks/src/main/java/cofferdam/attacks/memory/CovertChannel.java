package cofferdam.attacks.memory;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.Machine;
import cofferdam.monitor.ProgramMemory;

import java.util.List;

/**
 * Two guests that may not talk to each other do: the sender makes a page that both have agreed upon for
 * every set bit, and the receiver sees by the time of a write to its own copy whether the monitor has
 * merged the two (Xiao and others, DSN 2013).
 */
public final class CovertChannel implements Attack {

    private static final int MOST_BITS = 4096;
    private static final List<Setting> SETTINGS = List.of(
            new Setting.Count("bits", "how many bits a message has", 1024, 1, MOST_BITS),
            new Setting.Count("rounds", "how many messages are sent", 1, 1, 100),
            Waiting.SETTING);

    @Override
    public String name() {
        return "covert-channel";
    }

    @Override
    public String summary() {
        return "passes messages to an accomplice by which pages are merged with the accomplice's";
    }

    @Override
    public Boundary boundary() {
        return Boundary.MEMORY;
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Victims victims() {
        return Victims.NONE;
    }

    @Override
    public boolean accomplice() {
        return true;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Machine accomplice = adversary
                .accomplice()
                .orElseThrow(() -> new MissingCapabilityException("there is no accomplice"));
        Transmission transmission =
                new Transmission(adversary, programs(adversary.machine()), programs(accomplice));
        transmission.begin(1);
        return transmission;
    }

    private static ProgramMemory programs(Machine machine) throws MissingCapabilityException {
        return machine.offer(ProgramMemory.class).orElseThrow(MissingCapabilityException::new);
    }
}
