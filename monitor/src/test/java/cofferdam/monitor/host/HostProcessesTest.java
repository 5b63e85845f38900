package cofferdam.monitor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.HostProcesses.HostProcess;
import cofferdam.monitor.HostProcesses.Kind;
import cofferdam.monitor.HostProcesses.Resource;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.MonitorPolicy.Type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the host's operating system lists, and what comes of it when something is taken away. */
class HostProcessesTest {

    private static final int SIZE = 1 << 20;

    @ParameterizedTest
    @CsvSource({"TYPE_II, process", "TYPE_II, memory process", "TYPE_I, process"})
    void aSystemThatSeesTheProcessesListsOneForEachGuestWithWhatItHas(Type type, String sees) {
        Console console = Console.of(type, sees);
        console.guest("vm1", SIZE, "");
        console.guest("vm2", SIZE, "");

        assertThat(console.system.processes().list())
                .extracting(HostProcess::name, HostProcess::machine)
                .extracting(tuple ->
                        String.join(" ", tuple.toList().toArray(String[]::new)).trim())
                .containsExactly(
                        "init", "logger", "monitor-service", "shell", "vmm-vm1 vm1", "vmm-vm2 vm2");
        assertThat(console.events(Event.HostProcessListed.class).getLast())
                .isEqualTo(new Event.HostProcessListed(
                        7,
                        "host",
                        "vmm-vm2",
                        6,
                        "vm2",
                        List.of(
                                "handle vm2.vhd",
                                "handle nic-vm2",
                                "handle vm2.log",
                                "thread vcpu-0",
                                "thread io",
                                "thread timer",
                                "lock device-state",
                                "memory-map program",
                                "memory-map data",
                                "memory-map stack",
                                "memory-map guest-memory")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "memory"})
    void aSystemThatDoesNotSeeThemListsOnlyItsOwn(String sees) {
        Console console = Console.of(Type.TYPE_I, sees);
        console.guest("vm1", SIZE, "");

        assertThat(console.system.processes().list())
                .allMatch(process -> process.machine().isEmpty())
                .allMatch(process -> !process.resources().isEmpty())
                .hasSize(4);
    }

    @Test
    void anImageThatIsLockedIsAmongTheLocks() {
        Console console = Console.typeTwo();
        FakeGuest guest = new FakeGuest("vm1", SIZE, "");
        guest.locked = true;
        console.system.add(guest);
        console.system.started("vm1");

        assertThat(vmm(console).resources()).contains(new Resource(Kind.LOCK, "vm1.vhd"));
    }

    @Test
    void aGuestWithoutMemoryHasNoMapOfIt() {
        Console console = Console.typeTwo();
        console.guest("vm1", 0, "");

        assertThat(vmm(console).resources())
                .contains(new Resource(Kind.MEMORY_MAP, "stack"))
                .doesNotContain(new Resource(Kind.MEMORY_MAP, "guest-memory"));
    }

    @ParameterizedTest
    @CsvSource({
        "HANDLE, vm1.vhd, image closed, true",
        "HANDLE, nic-vm1, network closed, true",
        "HANDLE, vm1.log, , true",
        "THREAD, vcpu-0, thread vcpu-0, false",
        "THREAD, io, thread io, true",
        "THREAD, timer, thread timer, true",
        "LOCK, device-state, lock device-state, true",
        "MEMORY_MAP, guest-memory, unmapped, false",
        "MEMORY_MAP, program, unmapped, false",
        "MEMORY_MAP, stack, unmapped, false"
    })
    void whatIsRemovedIsGoneAndTheGuestIsTold(Kind kind, String name, String told, boolean lives)
            throws IOException {
        Console console = Console.typeTwo();
        FakeGuest guest = console.guest("vm1", SIZE, "");
        HostProcesses processes = console.system.processes();
        HostProcess before = vmm(console);
        Resource resource = new Resource(kind, name);

        processes.remove(before.number(), resource);

        assertThat(guest.done).isEqualTo(told == null ? List.of() : List.of(told));
        assertThat(console.events(Event.HostResourceRemoved.class))
                .containsExactly(new Event.HostResourceRemoved(
                        7, "host", "vmm-vm1", words(resource), Access.ALLOWED, ""));
        List<HostProcess> now = processes.list().stream()
                .filter(process -> process.machine().equals("vm1"))
                .toList();
        assertThat(now).hasSize(lives ? 1 : 0);
        if (lives) {
            List<Resource> left = new ArrayList<>(before.resources());
            left.remove(resource);
            assertThat(now.getFirst().resources()).isEqualTo(left);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            99 | THREAD | main   | process 99    | there is no process 99
            0  | THREAD | main   | process 0     | there is no process 0
            5  | HANDLE | other  | vmm-vm1       | process 5 has no handle other
            5  | LOCK   | vcpu-0 | vmm-vm1       | process 5 has no lock vcpu-0
            5  | MEMORY_MAP | heap | vmm-vm1     | process 5 has no memory-map heap
            1  | THREAD | main   | init          | the system keeps process 1
            """)
    void whatIsNotThereOrNotToBeHadIsRefused(
            int process, Kind kind, String name, String subject, String reason) {
        Console console = Console.typeTwo();
        FakeGuest guest = console.guest("vm1", SIZE, "");
        Resource resource = new Resource(kind, name);
        List<HostProcess> before = console.system.processes().list();

        assertThatThrownBy(() -> console.system.processes().remove(process, resource))
                .isInstanceOf(IOException.class)
                .hasMessage(reason);

        assertThat(console.events(Event.HostResourceRemoved.class))
                .containsExactly(new Event.HostResourceRemoved(
                        7, "host", subject, words(resource), Access.REFUSED, reason));
        assertThat(console.system.processes().list()).isEqualTo(before);
        assertThat(guest.done).isEmpty();
    }

    @Test
    void nothingIsRemovedTwice() throws IOException {
        Console console = Console.typeTwo();
        console.guest("vm1", SIZE, "");
        HostProcesses processes = console.system.processes();
        Resource log = new Resource(Kind.HANDLE, "vm1.log");
        processes.remove(5, log);

        assertThatThrownBy(() -> processes.remove(5, log))
                .hasMessage("process 5 has no handle vm1.log");
    }

    @Test
    void aGuestThatIsOnAgainHasAnotherProcessWithEverything() throws IOException {
        Console console = Console.typeTwo();
        FakeGuest guest = console.guest("vm1", SIZE, "");
        HostProcess first = vmm(console);
        console.system.processes().remove(5, new Resource(Kind.HANDLE, "vm1.vhd"));
        guest.running = false;
        assertThat(console.system.processes().list()).hasSize(4);
        guest.running = true;
        console.system.started("vm1");

        assertThat(vmm(console).number()).isEqualTo(6);
        assertThat(vmm(console).resources()).isEqualTo(first.resources());
    }

    @Test
    void aGuestThatEndedHasNoProcess() {
        Console console = Console.typeTwo();
        console.guest("vm1", SIZE, "");
        console.system.ended("vm1");
        console.system.ended("vm1");

        assertThat(console.system.processes().list()).hasSize(4);
    }

    @Test
    void aGuestThatIsNotKnownCannotStartAndNoneIsKnownTwice() {
        Console console = Console.typeTwo();
        FakeGuest guest = console.guest("vm1", SIZE, "");

        assertThatThrownBy(() -> console.system.started("vm2"))
                .hasMessage("there is no guest 'vm2'");
        assertThatThrownBy(() -> console.system.add(guest))
                .hasMessage("guest 'vm1' is known already");
    }

    @Test
    void whateverIsRemovedInWhateverOrderTheTableStaysConsistent() throws IOException {
        for (long seed = 0; seed < 100; seed++) {
            removeEverything(seed);
        }
    }

    /** Guests are switched on again now and then, so that parts of memory come back. */
    private static void removeEverything(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Console console = Console.typeTwo();
        List<FakeGuest> guests =
                List.of(console.guest("vm1", 4096, ""), console.guest("vm2", 4096, ""));
        HostProcesses processes = console.system.processes();
        for (int i = 0; i < 60; i++) {
            List<HostProcess> listed = processes.list();
            HostProcess process = listed.get(random.nextInt(listed.size()));
            if (process.number() != 1) {
                Resource resource = process.resources()
                        .get(random.nextInt(process.resources().size()));
                processes.remove(process.number(), resource);
                assertThat(processes.list())
                        .as("seed %d", seed)
                        .noneMatch(left -> left.number() == process.number()
                                && left.resources().contains(resource));
                assertThat(guests.stream().filter(guest -> guest.running))
                        .as("seed %d", seed)
                        .hasSize((int) processes.list().stream()
                                .filter(left -> !left.machine().isEmpty())
                                .count());
            }
            FakeGuest guest = guests.get(random.nextInt(2));
            if (!guest.running) {
                guest.running = true;
                console.system.started(guest.machine());
            }
        }
        for (HostProcess process : processes.list()) {
            assertThat(processes.readMemory(process.number()))
                    .as("seed %d", seed)
                    .isNotEmpty();
        }
    }

    private static HostProcess vmm(Console console) {
        return console.system.processes().list().stream()
                .filter(process -> process.machine().equals("vm1"))
                .findFirst()
                .orElseThrow();
    }

    private static String words(Resource resource) {
        return "%s %s"
                .formatted(
                        switch (resource.kind()) {
                            case HANDLE -> "handle";
                            case THREAD -> "thread";
                            case LOCK -> "lock";
                            case MEMORY_MAP -> "memory-map";
                        },
                        resource.name());
    }
}
