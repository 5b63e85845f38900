package cofferdam.monitor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.HostProcesses.HostProcess;
import cofferdam.monitor.HostProcesses.Kind;
import cofferdam.monitor.HostProcesses.Resource;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.policy.MonitorPolicy.Type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the host's operating system reads, and what it leaves as evidence of that. */
class HostMemoryAccessTest {

    private static final int SIZE = 1 << 20;
    private static final int OWN = SystemMemory.PARTS * SystemMemory.PART;
    private static final byte[] GUESTS_SECRET =
            "a secret of the guest".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "TYPE_II, memory process, true",
        "TYPE_I, memory process, true",
        "TYPE_I, memory, true",
        "TYPE_I, nothing, false",
        "TYPE_I, process, false",
        "TYPE_II, process, false"
    })
    void readingTheSystemFindsItsOwnSecretAndTheGuestsWhereItSeesTheirMemory(
            Type type, String sees, boolean guests) throws IOException {
        Console console = Console.of(type, sees);
        console.guest("vm1", SIZE, "4-7").put(SIZE - GUESTS_SECRET.length, GUESTS_SECRET);

        byte[] bytes = console.system.processes().readMemory(0);

        assertThat(Console.contains(bytes, console.secret())).isTrue();
        assertThat(Console.contains(bytes, GUESTS_SECRET)).isEqualTo(guests);
        assertThat(bytes).hasSize(guests ? OWN + SIZE : OWN);
        assertThat(console.events(Event.MemoryRead.class).getLast().outcome()).isEmpty();
    }

    @Test
    void readingTheProcessOfAGuestFindsWhatTheGuestHasNow() throws IOException {
        Console console = Console.typeTwo();
        FakeGuest guest = console.guest("vm1", SIZE, "4-7,12");
        HostProcesses processes = console.system.processes();
        int number = vmm(processes, "vm1");
        assertThat(Console.contains(processes.readMemory(number), GUESTS_SECRET))
                .isFalse();
        guest.put(5000, GUESTS_SECRET);

        assertThat(Console.contains(processes.readMemory(number), GUESTS_SECRET))
                .isTrue();
    }

    @Test
    void whatIsReadIsKeptWithItsDigestAndItsFrames() throws IOException {
        Console console = Console.typeTwo();
        console.guest("vm1", SIZE, "4-7,12");
        HostProcesses processes = console.system.processes();

        byte[] bytes = processes.readMemory(vmm(processes, "vm1"));

        assertThat(console.kept.get("memory-reads/1-host.raw")).isEqualTo(bytes);
        assertThat(console.events(Event.MemoryRead.class))
                .containsExactly(new Event.MemoryRead(
                        7,
                        "host",
                        "memory-reads/1-host.raw",
                        "vmm-vm1",
                        "",
                        bytes.length,
                        Sha256.of(bytes),
                        "4-7,12"));
    }

    @Test
    void theFramesOfAllGuestsAreToldOnceEach() throws IOException {
        Console console = Console.typeTwo();
        console.guest("vm1", SIZE, "4-7,12");
        console.guest("vm2", SIZE, "");
        console.guest("vm3", SIZE, "6-9,11");

        console.system.processes().readMemory(0);

        assertThat(console.events(Event.MemoryRead.class).getFirst())
                .extracting(Event.MemoryRead::of, Event.MemoryRead::frames)
                .containsExactly("host", "4-9,11-12");
    }

    @ParameterizedTest
    @CsvSource({"TYPE_I", "TYPE_II"})
    void memoryOfAGuestThatIsNotReadableIsLeftOutAndNamed(Type type) throws IOException {
        Console console = Console.of(type, "process");
        console.guest("vm1", SIZE, "4-7").put(0, GUESTS_SECRET);
        HostProcesses processes = console.system.processes();

        byte[] bytes = processes.readMemory(vmm(processes, "vm1"));

        assertThat(Console.contains(bytes, GUESTS_SECRET)).isFalse();
        assertThat(bytes).hasSize(SystemMemory.PART);
        assertThat(console.events(Event.MemoryRead.class).getFirst())
                .extracting(Event.MemoryRead::outcome, Event.MemoryRead::frames)
                .containsExactly("guest-memory is not readable", "");
    }

    @Test
    void aReadOfMoreThanTheLimitIsCutAndSaysSo() throws IOException {
        Console console = Console.typeTwo();
        console.guest("vm1", MemoryImage.MAXIMUM_BYTES, "0-16383");
        HostProcesses processes = console.system.processes();

        assertThat(processes.readMemory(0)).hasSize(MemoryImage.MAXIMUM_BYTES);
        assertThat(console.events(Event.MemoryRead.class).getFirst().outcome())
                .isEqualTo("68157440 bytes are more than 67108864, the rest was not read");
    }

    @Test
    void theMemoryOfAGuestThatIsOffIsNotRead() throws IOException {
        Console console = Console.typeTwo();
        FakeGuest guest = console.guest("vm1", SIZE, "4-7");
        guest.running = false;

        assertThat(console.system.processes().readMemory(0)).hasSize(OWN);
    }

    @Test
    void aProcessThatIsNotThereIsRefusedWithItsNumberAndLeavesAnEvent() {
        Console console = Console.typeTwo();

        assertThatThrownBy(() -> console.system.processes().readMemory(99))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no process 99");
        assertThat(console.events(Event.MemoryRead.class))
                .containsExactly(new Event.MemoryRead(
                        7, "host", "", "process 99", "there is no process 99", 0, "", ""));
        assertThat(console.kept).isEmpty();
    }

    @Test
    void everyOrdinaryProcessHasMemoryOfItsOwnThatIsPartOfTheSystems() throws IOException {
        Console console = Console.of(Type.TYPE_I, "nothing");
        HostProcesses processes = console.system.processes();
        byte[] all = processes.readMemory(0);

        for (HostProcess process : processes.list()) {
            byte[] own = processes.readMemory(process.number());
            assertThat(own).hasSize(SystemMemory.PART);
            assertThat(Console.contains(all, own)).as(process.name()).isTrue();
            assertThat(Console.contains(own, console.secret()))
                    .isEqualTo(process.name().equals("shell"));
        }
    }

    @Test
    void memoryOfAProcessThatEndedIsGivenToAnotherEmpty() throws IOException {
        Console console = Console.typeTwo();
        HostProcesses processes = console.system.processes();
        int shell = processes.list().stream()
                .filter(process -> process.name().equals("shell"))
                .findFirst()
                .orElseThrow()
                .number();
        processes.remove(shell, new Resource(Kind.THREAD, "main"));
        // Only its end, because what the next program has in its memory may overwrite the rest.
        byte[] end = Arrays.copyOfRange(console.secret(), 16, 32);
        assertThat(Console.contains(processes.readMemory(0), end)).isTrue();

        console.guest("vm1", SIZE, "");

        assertThat(Console.contains(processes.readMemory(0), end)).isFalse();
    }

    private static int vmm(HostProcesses processes, String machine) {
        return processes.list().stream()
                .filter(process -> process.machine().equals(machine))
                .findFirst()
                .orElseThrow()
                .number();
    }
}
