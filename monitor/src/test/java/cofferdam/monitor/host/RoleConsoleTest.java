package cofferdam.monitor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.ManagementPolicy.Role;
import cofferdam.monitor.policy.MonitorPolicy.Type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Who may do what at the console. */
class RoleConsoleTest {

    @ParameterizedTest
    @EnumSource
    void everyRoleListsTheGuestsOnOrOff(Role role) throws IOException {
        Console host = new Console(Type.TYPE_I, "nothing", role);
        host.guest("vm2", 4096, "");
        host.guest("vm1", 4096, "").running = false;

        assertThat(host.system.console().machines()).containsExactly("vm2", "vm1");
        assertThat(used(host)).isEqualTo("all list ALLOWED");
    }

    @ParameterizedTest
    @CsvSource({
        "AUDITOR, power-on, false",
        "AUDITOR, power-off, false",
        "OPERATOR, power-on, true",
        "OPERATOR, power-off, false",
        "ADMINISTRATOR, power-on, true",
        "ADMINISTRATOR, power-off, true"
    })
    void whatARoleDoesNotAllowIsRefusedAndNotDone(Role role, String action, boolean allowed)
            throws IOException {
        Console host = new Console(Type.TYPE_II, "process", role);
        FakeGuest guest = host.guest("vm1", 4096, "");
        if (allowed) {
            use(host.system.console(), action);
        } else {
            assertThatThrownBy(() -> use(host.system.console(), action))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the role %s does not allow %s"
                            .formatted(role.name().toLowerCase(Locale.ROOT), action));
        }

        assertThat(guest.done)
                .isEqualTo(allowed ? List.of(action.substring("power-".length())) : List.of());
        assertThat(used(host))
                .isEqualTo("vm1 %s %s".formatted(action, allowed ? "ALLOWED" : "REFUSED"));
        assertThat(host.events(Event.ConsoleUsed.class).getFirst().role())
                .isEqualTo(role.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void aGuestThatIsNotThereIsRefused() {
        Console host = new Console(Type.TYPE_I, "nothing", Role.ADMINISTRATOR);

        assertThatThrownBy(() -> host.system.console().powerOff("vm9"))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no guest 'vm9'");
        assertThat(host.events(Event.ConsoleUsed.class))
                .containsExactly(new Event.ConsoleUsed(
                        7,
                        "host",
                        "vm9",
                        "power-off",
                        "administrator",
                        Access.REFUSED,
                        "there is no guest 'vm9'"));
    }

    private static void use(ManagementConsole console, String action) throws IOException {
        if (action.equals("power-on")) {
            console.powerOn("vm1");
        } else {
            console.powerOff("vm1");
        }
    }

    private static String used(Console host) {
        List<Event.ConsoleUsed> uses = host.events(Event.ConsoleUsed.class);
        assertThat(uses).hasSize(1);
        return "%s %s %s"
                .formatted(
                        uses.getFirst().subject(),
                        uses.getFirst().action(),
                        uses.getFirst().outcome());
    }
}
