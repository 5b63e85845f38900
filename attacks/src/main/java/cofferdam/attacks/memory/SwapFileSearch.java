package cofferdam.attacks.memory;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.Telltale;
import cofferdam.monitor.ImageStore;

import java.io.IOException;
import java.util.List;

/** Whoever holds the host reads the files to which the monitor writes guests' memory. */
public final class SwapFileSearch implements Attack {

    /** What the names of such files end with. */
    private static final String SWAP = ".swap";

    @Override
    public String name() {
        return "swap-file-search";
    }

    @Override
    public String summary() {
        return "reads the host's swap files and looks for words that announce secrets";
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
        ImageStore store = adversary
                .machine()
                .offer(ImageStore.class)
                .orElseThrow(MissingCapabilityException::new);
        List<String> files =
                store.names().stream().filter(name -> name.endsWith(SWAP)).toList();
        if (files.isEmpty()) {
            adversary.report().accept("the host has no swap file");
        }
        files.forEach(file -> adversary.report().accept(look(store, file)));
        return FinishedCampaign.INSTANCE;
    }

    private static String look(ImageStore store, String file) {
        try {
            return "%s: %s".formatted(file, Telltale.report(store.read(file)));
        } catch (IOException e) {
            return "%s: refused: %s".formatted(file, e.getMessage());
        }
    }
}
