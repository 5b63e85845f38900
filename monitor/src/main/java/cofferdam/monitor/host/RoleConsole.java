package cofferdam.monitor.host;

import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.ManagementPolicy.Role;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The monitor's console in the hands of somebody with a role. */
final class RoleConsole implements ManagementConsole {

    private final Map<String, GuestRuntime> guests;
    private final Role role;
    private final HostLog log;

    RoleConsole(Map<String, GuestRuntime> guests, Role role, HostLog log) {
        this.guests = guests;
        this.role = role;
        this.log = log;
    }

    @Override
    public List<String> machines() throws IOException {
        require(Role.AUDITOR, "all", "list");
        used("all", "list", Access.ALLOWED, "");
        return List.copyOf(guests.keySet());
    }

    @Override
    public void powerOff(String machine) throws IOException {
        use(Role.ADMINISTRATOR, machine, "power-off").powerOff();
    }

    @Override
    public void powerOn(String machine) throws IOException {
        use(Role.OPERATOR, machine, "power-on").powerOn();
    }

    /** The guest with which that may be done. What is done comes after it was allowed. */
    private GuestRuntime use(Role needed, String machine, String action) throws IOException {
        require(needed, machine, action);
        GuestRuntime guest = guests.get(machine);
        if (guest == null) {
            throw refused(machine, action, "there is no guest '%s'".formatted(machine));
        }
        used(machine, action, Access.ALLOWED, guest.running() ? "it was on" : "it was off");
        return guest;
    }

    private void require(Role needed, String machine, String action) throws IOException {
        if (role.compareTo(needed) < 0) {
            throw refused(
                    machine,
                    action,
                    "the role %s does not allow %s, which needs %s"
                            .formatted(word(role), action, word(needed)));
        }
    }

    private IOException refused(String machine, String action, String reason) {
        used(machine, action, Access.REFUSED, reason);
        return new IOException(reason);
    }

    private void used(String machine, String action, Access access, String detail) {
        log.record(time -> new Event.ConsoleUsed(
                time, log.actor(), machine, action, word(role), access, detail));
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
