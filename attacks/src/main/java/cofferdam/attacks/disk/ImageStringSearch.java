package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.Telltale;
import cofferdam.monitor.ImageStore;

import java.util.List;

/** Whoever holds the host reads image files and searches them, knowing nothing of their format. */
public final class ImageStringSearch implements Attack {

    @Override
    public String name() {
        return "image-string-search";
    }

    @Override
    public String summary() {
        return "reads the victims' image files on the host and looks for words that announce secrets";
    }

    @Override
    public Boundary boundary() {
        return Boundary.DISK;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Victims victims() {
        return new Victims(1, 4);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        ImageStore store = HostAccess.of(adversary);
        for (String victim : adversary.targets().machines()) {
            adversary.report().accept(HostAccess.attempt(() -> {
                String image = store.imageOf(victim);
                return "%s: %s".formatted(image, Telltale.report(store.read(image)));
            }));
        }
        return FinishedCampaign.INSTANCE;
    }
}
