package cofferdam.monitor.emulated;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Power;
import cofferdam.monitor.net.Link;

import java.time.Duration;
import java.util.List;

/** A machine's switch. While the machine is off its cables carry nothing. */
record PowerSwitch(DiskBay bay, List<Link> links, StorageLog log) implements Power {

    private static final Duration BOOT = Duration.ofSeconds(5);
    private static final Duration SHUT_DOWN = Duration.ofSeconds(1);

    PowerSwitch {
        links = List.copyOf(links);
    }

    @Override
    public Operation on() {
        return log.after(BOOT, () -> {
            bay.start();
            connect(bay.isUp());
        });
    }

    @Override
    public Operation off() {
        return log.after(SHUT_DOWN, () -> {
            bay.shutDown();
            connect(false);
        });
    }

    private void connect(boolean connected) {
        links.forEach(link -> link.connect(connected));
    }
}
