package cofferdam.attacks.host;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.Telltale;
import cofferdam.attacks.disk.HostAccess;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.Offer;

import java.util.List;

/** Whoever got hold of the host's operating system uses what it is there for (thesis section 5.3). */
public final class ManagementTakeover implements Attack {

    @Override
    public String name() {
        return "management-takeover";
    }

    @Override
    public String summary() {
        return "switches the victims off from the host's console and reads their image files";
    }

    @Override
    public Boundary boundary() {
        return Boundary.HOST;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Victims victims() {
        return new Victims(1, 8);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        ManagementConsole console = adversary
                .machine()
                .offer(ManagementConsole.class)
                .orElseThrow(MissingCapabilityException::new);
        Offer<ImageStore> store = adversary.machine().offer(ImageStore.class);
        adversary
                .report()
                .accept(HostAccess.attempt(
                        () -> "machines: %s".formatted(String.join(", ", console.machines()))));
        for (String victim : adversary.targets().machines()) {
            adversary.report().accept(HostAccess.attempt(() -> {
                console.powerOff(victim);
                return "%s switched off".formatted(victim);
            }));
            adversary.report().accept(readImage(store, victim));
        }
        return FinishedCampaign.INSTANCE;
    }

    private static String readImage(Offer<ImageStore> offer, String victim) {
        return switch (offer) {
            case Offer.Missing<ImageStore> missing -> "no images: %s".formatted(missing.reason());
            case Offer.Available<ImageStore> available ->
                HostAccess.attempt(() -> {
                    ImageStore store = available.capability();
                    String image = store.imageOf(victim);
                    return "%s: %s".formatted(image, Telltale.report(store.read(image)));
                });
        };
    }
}
