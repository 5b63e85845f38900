package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.Telltale;
import cofferdam.monitor.OwnDisk;

import java.util.List;

/** A guest reads all of its own disk, and again after touching every part of it. */
public final class DiskScan implements Attack {

    /** The clusters and grains of all formats are at least so many bytes. */
    private static final int TOUCHED = 64 << 10;

    @Override
    public String name() {
        return "disk-scan";
    }

    @Override
    public String summary() {
        return "reads its own disk block by block and looks for words that announce secrets";
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
        return new Victims(0, 4);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        OwnDisk disk = adversary
                .machine()
                .offer(OwnDisk.class)
                .orElseThrow(MissingCapabilityException::new);
        adversary.report().accept(HostAccess.attempt(() -> {
            byte[] before = disk.readAll();
            // A single byte makes thin storage give a whole piece of space; the rest of the piece
            // then shows whether it was cleared.
            for (int at = 0; at < before.length; at += TOUCHED) {
                disk.write(at, new byte[] {1});
            }
            return "%s; after it was touched, %s"
                    .formatted(Telltale.report(before), Telltale.report(disk.readAll()));
        }));
        return FinishedCampaign.INSTANCE;
    }
}
