package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.OwnDisk;
import java.util.List;

/** A guest reads all of its own disk, what it never wrote included. */
public final class DiskScan implements Attack {

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
        OwnDisk disk =
                adversary.machine().offer(OwnDisk.class).orElseThrow(MissingCapabilityException::new);
        adversary.report().accept(HostAccess.attempt(() -> Telltale.report(disk.readAll())));
        return FinishedCampaign.INSTANCE;
    }
}
