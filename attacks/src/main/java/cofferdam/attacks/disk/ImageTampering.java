package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.ImageStore;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Whoever holds the host changes an image file in place, format unknown: what changed since an older copy tells where the guest wrote. */
public final class ImageTampering implements Attack {

    private static final int SECTOR = 512;

    /** A block cipher's block, so that every one of them is hit. */
    private static final int STEP = 16;

    private static final Setting.Choice TARGET = new Setting.Choice(
            "target",
            "what is changed: what was written last since a copy was made, what was written first, the"
                    + " first bytes, the length, or all of it for the older copy",
            List.of("file-data", "metadata", "header", "length", "roll-back"));

    @Override
    public String name() {
        return "image-tampering";
    }

    @Override
    public String summary() {
        return "changes the victim's image file on the host without changing its length, or cuts or replaces it";
    }

    @Override
    public Boundary boundary() {
        return Boundary.DISK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(TARGET);
    }

    @Override
    public Victims victims() {
        return new Victims(1, 1);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        ImageStore store = HostAccess.of(adversary);
        String victim = adversary.targets().machines().getFirst();
        String target = adversary.settings().choice(TARGET.name());
        adversary.report().accept(HostAccess.attempt(() -> {
            String image = store.imageOf(victim);
            byte[] after = changed(store, image, target);
            store.replace(image, after, target);
            return "%s: %s changed".formatted(image, target);
        }));
        return FinishedCampaign.INSTANCE;
    }

    private static byte[] changed(ImageStore store, String image, String target)
            throws IOException {
        byte[] now = store.read(image);
        return switch (target) {
            case "header" -> flip(now, 0, 8);
            case "length" -> Arrays.copyOf(now, now.length - now.length / 4);
            case "roll-back" -> store.read(HostAccess.copyOf(image));
            case "metadata" -> inSector(now, ChangedSectors.first(older(store, image), now));
            case "file-data" -> inSector(now, ChangedSectors.last(older(store, image), now));
            default -> throw new IllegalArgumentException("no target '%s'".formatted(target));
        };
    }

    private static byte[] older(ImageStore store, String image) throws IOException {
        return store.read(HostAccess.copyOf(image));
    }

    /** Changes one bit in every 16 bytes of a sector. */
    private static byte[] inSector(byte[] image, int sector) {
        byte[] changed = image.clone();
        for (int at = sector * SECTOR; at < (sector + 1) * SECTOR; at += STEP) {
            changed[at] ^= 1;
        }
        return changed;
    }

    private static byte[] flip(byte[] image, int from, int count) {
        byte[] flipped = image.clone();
        for (int at = from; at < Math.min(from + count, flipped.length); at++) {
            flipped[at] ^= 1;
        }
        return flipped;
    }
}
