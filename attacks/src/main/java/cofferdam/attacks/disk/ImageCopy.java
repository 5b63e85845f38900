package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.ImageStore;

import java.util.List;

/** Whoever holds the host copies an image file while its machine is off. */
public final class ImageCopy implements Attack {

    @Override
    public String name() {
        return "image-copy";
    }

    @Override
    public String summary() {
        return "keeps a copy of the victim's image file beside it, for later comparison or roll-back";
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
        return new Victims(1, 1);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        ImageStore store = HostAccess.of(adversary);
        String victim = adversary.targets().machines().getFirst();
        adversary.report().accept(HostAccess.attempt(() -> {
            String image = store.imageOf(victim);
            store.copy(image, HostAccess.copyOf(image));
            return "%s copied to %s".formatted(image, HostAccess.copyOf(image));
        }));
        return FinishedCampaign.INSTANCE;
    }
}
