package cofferdam.attacks.memory;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.Telltale;
import cofferdam.monitor.OwnMemory;

import java.io.IOException;
import java.util.List;

/** The root of a guest reads all of its own memory: what did whoever had the frames before leave there? */
public final class MemoryScan implements Attack {

    @Override
    public String name() {
        return "memory-scan";
    }

    @Override
    public String summary() {
        return "reads all of its own memory and looks for words that announce secrets";
    }

    @Override
    public Boundary boundary() {
        return Boundary.MEMORY;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Victims victims() {
        return new Victims(0, 4);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        OwnMemory memory = adversary
                .machine()
                .offer(OwnMemory.class)
                .orElseThrow(MissingCapabilityException::new);
        adversary.report().accept(look(memory));
        return FinishedCampaign.INSTANCE;
    }

    private static String look(OwnMemory memory) {
        try {
            return Telltale.report(memory.readAll());
        } catch (IOException e) {
            return "refused: " + e.getMessage();
        }
    }
}
