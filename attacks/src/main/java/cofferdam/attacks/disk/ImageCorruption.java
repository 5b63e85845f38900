package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.ImageStore;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The thesis's second test: bytes are inserted into a working image file. */
public final class ImageCorruption implements Attack {

    private static final int SHARES = 1000;

    private static final Setting.Count BYTES =
            new Setting.Count("bytes", "how many bytes are inserted", 16, 1, 65_536);
    private static final Setting.Count POSITION = new Setting.Count(
            "position", "where, in thousandths of the file's size", 300, 0, SHARES);

    @Override
    public String name() {
        return "image-corruption";
    }

    @Override
    public String summary() {
        return "inserts bytes into the victim's image file on the host; everything behind them moves";
    }

    @Override
    public Boundary boundary() {
        return Boundary.DISK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(BYTES, POSITION);
    }

    @Override
    public Victims victims() {
        return new Victims(1, 1);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        ImageStore store = HostAccess.of(adversary);
        String victim = adversary.targets().machines().getFirst();
        int count = adversary.settings().count(BYTES.name());
        int position = adversary.settings().count(POSITION.name());
        adversary.report().accept(HostAccess.attempt(() -> {
            String image = store.imageOf(victim);
            byte[] before = store.read(image);
            int at = (int) ((long) before.length * position / SHARES);
            byte[] inserted = new byte[count];
            adversary.random().nextBytes(inserted);
            ByteArrayOutputStream after = new ByteArrayOutputStream(before.length + count);
            after.write(before, 0, at);
            after.write(inserted);
            after.write(before, at, before.length - at);
            String what = "%d bytes inserted at %d".formatted(count, at);
            store.replace(image, after.toByteArray(), what);
            return "%s: %s".formatted(image, what);
        }));
        return FinishedCampaign.INSTANCE;
    }
}
