package cofferdam.monitor.linux;

import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;
import java.util.List;

/**
 * What the user of this computer to whom the guests' processes belong does with the monitor's own
 * management interface. Neither monitor knows of roles.
 */
final class OwnersConsole implements ManagementConsole {

    private static final String ROLE = "owner";

    private final String host;
    private final List<LinuxGuest> guests;

    OwnersConsole(String host, List<LinuxGuest> guests) {
        this.host = host;
        this.guests = List.copyOf(guests);
    }

    @Override
    public List<String> machines() {
        used("all", "list", Access.ALLOWED, "");
        return guests.stream().map(LinuxGuest::name).toList();
    }

    @Override
    public void powerOff(String machine) throws IOException {
        LinuxGuest guest = guest(machine, "power-off");
        if (!guest.isOn()) {
            used(machine, "power-off", Access.ALLOWED, "it was off");
            return;
        }
        try {
            guest.process().powerOff();
        } catch (IOException refused) {
            throw refused(machine, "power-off", String.valueOf(refused.getMessage()));
        }
        used(machine, "power-off", Access.ALLOWED, "it was on");
    }

    @Override
    public void powerOn(String machine) throws IOException {
        LinuxGuest guest = guest(machine, "power-on");
        String before = guest.isOn() ? "it was on" : "it was off";
        try {
            guest.start();
        } catch (IOException refused) {
            throw refused(machine, "power-on", String.valueOf(refused.getMessage()));
        }
        used(machine, "power-on", Access.ALLOWED, before);
    }

    private LinuxGuest guest(String machine, String action) throws IOException {
        return guests.stream()
                .filter(guest -> guest.name().equals(machine))
                .findFirst()
                .orElseThrow(() ->
                        refused(machine, action, "there is no guest '%s'".formatted(machine)));
    }

    private IOException refused(String machine, String action, String reason) {
        used(machine, action, Access.REFUSED, reason);
        return new IOException(reason);
    }

    private void used(String machine, String action, Access access, String detail) {
        guests.getFirst()
                .record(time ->
                        new Event.ConsoleUsed(time, host, machine, action, ROLE, access, detail));
    }
}
