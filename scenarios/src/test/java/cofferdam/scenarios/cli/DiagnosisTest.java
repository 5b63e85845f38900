package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.UnusablePartException;
import cofferdam.monitor.qemu.Accelerator;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class DiagnosisTest {

    private final Fake fake = new Fake();

    @Test
    void aMonitorThatDoesNotWorkSaysWhyAndTheDoctorIsContentWithTheEmulatedOne() {
        fake.monitors.add(Monitors.named("emulated").orElseThrow());
        fake.monitors.add(new Absent("qemu", "QEMU is not installed: apt install qemu-system-x86"));
        assertThat(lines())
                .contains("  qemu       missing QEMU is not installed: apt install qemu-system-x86")
                .anyMatch(line -> line.startsWith("  emulated   works   the built-in host"));
        assertThat(exitCode).isZero();
    }

    @Test
    void theDoctorIsNotContentWithoutTheEmulatedHost() {
        fake.monitors.add(new Absent("emulated", "broken"));
        assertThat(lines()).contains("  emulated   missing broken");
        assertThat(exitCode).isEqualTo(3);
    }

    @Test
    void kvmWorksOnlyIfAGuestRanUnderIt() {
        fake.programs.add("qemu-system-x86_64");
        fake.accelerator = new Accelerator(Accelerator.Kind.KVM, "a guest ran under KVM");
        assertThat(line("kvm"))
                .startsWith("  kvm        found   ")
                .endsWith("(a guest ran under KVM)");
        fake.accelerator = new Accelerator(Accelerator.Kind.TCG, "KVM does not work here: x");
        assertThat(line("kvm"))
                .startsWith("  kvm        missing ")
                .endsWith("(KVM does not work here: x)");
    }

    @Test
    void kvmIsNotTriedWithoutQemu() {
        fake.accelerator = new Accelerator(Accelerator.Kind.KVM, "must not be asked");
        assertThat(line("kvm")).contains("missing").contains("apt install qemu-system-x86");
    }

    @Test
    void kernelsAreNamedWithTheirVersion() {
        fake.kernel = Optional.of(new GuestKernel(Path.of("/k/vmlinuz"), Path.of("/m"), "6.1.0-x"));
        assertThat(line("kernel")).contains("found").endsWith("(6.1.0-x, /k/vmlinuz)");
        assertThat(line("linux.uml")).contains("missing").endsWith("(no user-mode kernel here)");
        fake.userModeKernel = fake.kernel;
        fake.kernel = Optional.empty();
        assertThat(line("kernel")).contains("missing").endsWith("(no kernel here)");
        assertThat(line("linux.uml")).contains("found");
    }

    @Test
    void aMissingBusyBoxGivesItsReason() {
        assertThat(line("busybox")).contains("missing").endsWith("(no BusyBox here)");
    }

    @Test
    void everyToolIsFoundWhereItIsOrSaysHowToInstallIt() {
        List<String> names = List.of(
                "wireshark", "tshark", "qemu-img", "ettercap", "arpspoof", "unshare", "tcpdump");
        for (String name : names) {
            assertThat(line(name)).contains("missing").contains("install: apt install ");
            fake.programs.add(name);
            assertThat(line(name)).contains("found").endsWith("(/bin/%s)".formatted(name));
        }
    }

    @Test
    void aNetworkOfOnesOwnIsTriedAndNotAssumed() {
        assertThat(line("namespaces")).contains("missing").endsWith("(unshare is not installed)");
        fake.programs.add("unshare");
        assertThat(line("namespaces")).contains("found").endsWith("(user namespaces are allowed)");
        fake.refused = Optional.of("Operation not permitted\u001b[2J");
        assertThat(line("namespaces"))
                .contains("missing")
                .endsWith("(Operation not permitted\\u001b[2J)");
    }

    private int exitCode;

    private String line(String name) {
        return lines().stream()
                .filter(line -> line.startsWith("  " + name + " "))
                .findFirst()
                .orElseThrow();
    }

    private List<String> lines() {
        StringWriter out = new StringWriter();
        exitCode = new CommandLine(new DoctorCommand(fake))
                .setOut(new PrintWriter(out, true))
                .execute();
        return out.toString().lines().toList();
    }

    /** A computer on which there is what a test puts there. */
    private static final class Fake implements Installation {

        private final List<Monitor> monitors = new ArrayList<>();
        private final Set<String> programs = new HashSet<>();
        private Accelerator accelerator = new Accelerator(Accelerator.Kind.TCG, "");
        private Optional<GuestKernel> kernel = Optional.empty();
        private Optional<GuestKernel> userModeKernel = Optional.empty();
        private Optional<String> refused = Optional.empty();

        @Override
        public List<Monitor> monitors() {
            return monitors;
        }

        @Override
        public Optional<Path> program(String name) {
            return programs.contains(name) ? Optional.of(Path.of("/bin", name)) : Optional.empty();
        }

        @Override
        public Accelerator accelerator(Path qemu) {
            return accelerator;
        }

        @Override
        public GuestKernel kernel() throws UnusablePartException {
            return present(kernel, "no kernel here");
        }

        @Override
        public GuestKernel userModeKernel() throws UnusablePartException {
            return present(userModeKernel, "no user-mode kernel here");
        }

        private static GuestKernel present(Optional<GuestKernel> kernel, String reason)
                throws UnusablePartException {
            return kernel.orElseThrow(() -> new UnusablePartException(reason));
        }

        @Override
        public BusyBox busyBox() throws UnusablePartException {
            throw new UnusablePartException("no BusyBox here");
        }

        @Override
        public Optional<String> namespacesRefused() {
            return refused;
        }
    }

    /** A monitor that does not work here. */
    private record Absent(String name, String reason) implements Monitor {

        @Override
        public String summary() {
            return "a monitor that is not here";
        }

        @Override
        public SecuritySupport securitySupport() {
            return new SecuritySupport(SecuritySupport.Claim.MODEL, "It is none.", "this test");
        }

        @Override
        public Optional<String> unavailable() {
            return Optional.of(reason);
        }

        @Override
        public boolean repeatable() {
            return false;
        }

        @Override
        public Host start(HostSetup setup) {
            throw new AssertionError("nobody starts it");
        }
    }
}
