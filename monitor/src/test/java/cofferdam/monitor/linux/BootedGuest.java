package cofferdam.monitor.linux;

import cofferdam.monitor.Requirement;
import cofferdam.monitor.Tool;
import cofferdam.monitor.guest.GuestIdentity;
import cofferdam.monitor.guest.Residents;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestImages;
import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.GuestKernels;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.process.ChildProcess;
import cofferdam.monitor.process.Limits;
import cofferdam.monitor.process.ProgramStart;
import cofferdam.monitor.process.Supervisor;
import cofferdam.monitor.process.WorkFolder;
import cofferdam.monitor.wire.FrameWire;
import cofferdam.monitor.wire.SeqpacketWire;
import cofferdam.monitor.wire.StreamWire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A real guest with the scripts, started without a driver. */
final class BootedGuest implements AutoCloseable {

    static final GuestIdentity IDENTITY = Residents.guest("vm1");

    private static final String NONCE = "00112233445566ff";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final RealTime time;
    private final WorkFolder folder;
    private final FrameWire network;
    private final FrameWire relay;
    private final ChildProcess process;
    private final GuestConsole console;
    private final List<Notice> notices = new ArrayList<>();

    private BootedGuest(
            RealTime time,
            WorkFolder folder,
            FrameWire network,
            FrameWire relay,
            List<String> command)
            throws IOException {
        this.time = time;
        this.folder = folder;
        this.network = network;
        this.relay = relay;
        Limits limits = new Limits(
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Limits.UNLIMITED,
                Limits.UNLIMITED,
                64L << 20);
        process = Supervisor.start(
                new ProgramStart("vm1", command, Map.of(), limits), folder, time::post);
        console = new GuestConsole(time, line(process), NONCE, notices::add);
    }

    private static ConsoleLine line(ChildProcess process) {
        return new ConsoleLine() {
            @Override
            public void send(byte[] bytes) {
                process.send(bytes);
            }

            @Override
            public void listen(Consumer<byte[]> listener) {
                process.output(listener);
            }
        };
    }

    static BootedGuest ofQemu(RealTime time) throws Exception {
        Tool qemu = Tool.named("qemu-system-x86_64");
        GuestKernel kernel = Requirement.of(GuestKernels.ofUser()::find);
        byte[] image = image(kernel, List.of("virtio_pci", "virtio_net", "bridge", "veth"));
        WorkFolder folder = WorkFolder.create();
        Path initramfs = Files.write(folder.file("initramfs.gz"), image);
        List<String> command = new ArrayList<>(
                List.of(qemu.program().toString(), "-accel", "tcg", "-m", "160", "-nodefaults"));
        command.addAll(List.of("-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "file:" + folder.file("kernel.log"), "-serial", "stdio"));
        command.addAll(List.of("-kernel", kernel.image().toString()));
        command.addAll(List.of("-initrd", initramfs.toString()));
        command.addAll(List.of(
                "-append", "console=ttyS0 " + String.join(" ", plan().parameters("ttyS1"))));
        command.addAll(card(folder.file("net"), "n0", IDENTITY.mac().toString()));
        command.addAll(card(folder.file("relay"), "n1", "02:ff:00:00:00:02"));
        return new BootedGuest(
                time,
                folder,
                StreamWire.listen(time, folder.file("net")),
                StreamWire.listen(time, folder.file("relay")),
                command);
    }

    private static List<String> card(Path socket, String name, String address) {
        return List.of(
                "-netdev",
                "stream,id=%s,server=off,addr.type=unix,addr.path=%s".formatted(name, socket),
                "-device",
                "virtio-net-pci,netdev=%s,mac=%s,romfile=".formatted(name, address));
    }

    static BootedGuest ofUserModeLinux(RealTime time) throws Exception {
        Tool.named("linux.uml");
        GuestKernel kernel = Requirement.of(GuestKernels.ofUser()::userMode);
        byte[] image = image(kernel, GuestScripts.MODULES);
        WorkFolder folder = WorkFolder.create();
        Path initramfs = Files.write(folder.file("initramfs.gz"), image);
        List<String> command = new ArrayList<>(List.of(
                kernel.image().toString(),
                "mem=96M",
                "initrd=" + initramfs,
                "uml_dir=" + folder.path(),
                "con=null",
                "con0=null,fd:2",
                "con1=fd:0,fd:1",
                "vec0:transport=bess,dst=%s,mac=%s".formatted(folder.file("net"), IDENTITY.mac()),
                "vec1:transport=bess,dst=%s,mac=02:ff:00:00:00:02"
                        .formatted(folder.file("relay"))));
        command.addAll(plan().parameters("tty1"));
        return new BootedGuest(
                time,
                folder,
                SeqpacketWire.listen(time, folder.file("net")),
                SeqpacketWire.listen(time, folder.file("relay")),
                command);
    }

    private static GuestPlan plan() {
        return new GuestPlan(
                IDENTITY.name(), IDENTITY.mac(), IDENTITY.address(), 0, Optional.empty(), NONCE);
    }

    private static byte[] image(GuestKernel kernel, List<String> modules) throws Exception {
        Requirement.of(BusyBox::installed);
        return new GuestImages().of(kernel, modules, GuestScripts.files());
    }

    /** Waits until it is up. */
    void awaitUp() throws IOException {
        time.await(() -> console.ready() || process.ended().isPresent(), PATIENCE);
        if (!console.ready()) {
            throw new IOException("not up: %s, %s, %s%s"
                    .formatted(process.ended(), console.problem(), process.errors(), kernelLog()));
        }
    }

    private String kernelLog() throws IOException {
        Path log = folder.file("kernel.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    GuestConsole console() {
        return console;
    }

    FrameWire network() {
        return network;
    }

    FrameWire relay() {
        return relay;
    }

    /** What the guest has said by itself. */
    List<Notice> notices() {
        return notices;
    }

    Optional<String> ended() {
        return process.ended();
    }

    @Override
    public void close() {
        process.close();
        network.close();
        relay.close();
        folder.close();
    }
}
