package cofferdam.attacks.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.HostProcesses.HostProcess;
import cofferdam.monitor.HostProcesses.Kind;
import cofferdam.monitor.HostProcesses.Resource;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.ManagementConsole;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** What whoever holds the host does to the guests that run on it. */
class HostAttacksTest {

    private final FakeHost host = new FakeHost();

    static List<Attack> all() {
        return List.of(new HostMemoryRead(), new HostProcessTampering(), new ManagementTakeover());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theyCrossTheBoundaryOfTheHostAndAreOverAtOnce(Attack attack) throws Exception {
        Attack.Campaign campaign = host.start(attack, "vm1");

        assertThat(attack.boundary()).isEqualTo(Boundary.HOST);
        assertThat(campaign.ready()).isTrue();
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aHostThatHasNoSuchThingIsTheReason(Attack attack) {
        host.missing.addAll(List.of(HostProcesses.class, ManagementConsole.class));

        assertThatThrownBy(() -> host.start(attack, "vm1"))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("the host has no such thing");
    }

    @Test
    void theMemoryOfEveryProcessAndOfTheSystemIsRead() throws Exception {
        host.processes.add(new HostProcess(3, "shell", "", List.of()));
        host.processes.add(new HostProcess(8, "vmm-vm1", "vm1", List.of()));
        host.start(new HostMemoryRead());

        assertThat(host.done).containsExactly("list", "read 3", "read 8", "read 0");
        assertThat(host.reports)
                .containsExactly(
                        "shell: 'password' is 1 times in 17 bytes, first at 4",
                        "vmm-vm1: 'password' is 1 times in 17 bytes, first at 4",
                        "the operating system's own memory: 'password' is 1 times in 17 bytes,"
                                + " first at 4");
    }

    @Test
    void memoryThatIsNotToBeReadDoesNotEndTheReading() throws Exception {
        host.processes.add(new HostProcess(8, "vmm-vm1", "vm1", List.of()));
        host.refusal = "no";
        host.start(new HostMemoryRead());

        assertThat(host.done).containsExactly("list", "read 8", "read 0");
        assertThat(host.reports).containsOnly("refused: no").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "all, remove image of 8;remove mutex of 8;remove cpu of 8;remove io of 8;remove stack of 8",
        "handle, remove image of 8",
        "thread, remove cpu of 8;remove io of 8",
        "lock, remove mutex of 8",
        "memory-map, remove stack of 8"
    })
    void whatIsChosenIsTakenFromTheProcessesOfTheVictims(String chosen, String removed)
            throws Exception {
        host.processes.add(process(3, "shell", ""));
        host.processes.add(process(8, "vmm-vm1", "vm1"));
        host.processes.add(process(9, "vmm-vm2", "vm2"));
        host.choices.put("resource", chosen);
        host.start(new HostProcessTampering(), "vm1");

        assertThat(String.join(";", host.done)).isEqualTo("list;" + removed);
        assertThat(host.reports)
                .hasSize(host.done.size() - 1)
                .allMatch(report -> report.startsWith("vmm-vm1: ") && report.endsWith(" removed"));
    }

    @Test
    void aRefusalDoesNotStopTheTampering() throws Exception {
        host.processes.add(process(8, "vmm-vm1", "vm1"));
        host.refusal = "it is not yours";
        host.start(new HostProcessTampering(), "vm1");

        assertThat(host.done).hasSize(6);
        assertThat(host.reports).hasSize(5).containsOnly("refused: it is not yours");
    }

    @Test
    void aHostThatListsNothingOfTheVictimLeavesNothingToTamperWith() throws Exception {
        host.processes.add(process(3, "shell", ""));
        host.start(new HostProcessTampering(), "vm1", "vm2");

        assertThat(host.done).containsExactly("list");
        assertThat(host.reports)
                .containsExactly("none of 1 processes runs vm1", "none of 1 processes runs vm2");
    }

    @Test
    void theConsoleIsUsedForEveryVictim() throws Exception {
        host.start(new ManagementTakeover(), "vm1", "vm2");

        assertThat(host.done)
                .containsExactly("machines", "off vm1", "read vm1.img", "off vm2", "read vm2.img");
        assertThat(host.reports)
                .containsExactly(
                        "machines: vm1, vm2",
                        "vm1 switched off",
                        "vm1.img: 'password' is not in 5 bytes",
                        "vm2 switched off",
                        "vm2.img: 'password' is not in 5 bytes");
    }

    @Test
    void aRoleThatMayNothingDoesNotStopTheTakeover() throws Exception {
        host.refusal = "not in this role";
        host.start(new ManagementTakeover(), "vm1");

        assertThat(host.done).containsExactly("machines", "off vm1", "read vm1.img");
        assertThat(host.reports).hasSize(3).containsOnly("refused: not in this role");
    }

    @Test
    void aHostWithoutFilesIsTakenOverWithoutThem() throws Exception {
        host.missing.add(ImageStore.class);
        host.start(new ManagementTakeover(), "vm1");

        assertThat(host.done).containsExactly("machines", "off vm1");
        assertThat(host.reports).endsWith("no images: the host has no such thing");
    }

    private static HostProcess process(int number, String name, String machine) {
        return new HostProcess(
                number,
                name,
                machine,
                List.of(
                        new Resource(Kind.THREAD, "cpu"),
                        new Resource(Kind.HANDLE, "image"),
                        new Resource(Kind.MEMORY_MAP, "stack"),
                        new Resource(Kind.THREAD, "io"),
                        new Resource(Kind.LOCK, "mutex")));
    }
}
