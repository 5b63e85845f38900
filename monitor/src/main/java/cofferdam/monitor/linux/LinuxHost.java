package cofferdam.monitor.linux;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.Residents;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.policy.Guests;
import cofferdam.monitor.policy.MonitorPolicy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** A host whose guests are real Linux systems, whatever runs them. */
public final class LinuxHost implements Host {

    /** Keeps the words by which guests are recognised apart from all other choices. */
    private static final long NONCES = 0x6e0c_e5_0f_9e_57_00_01L;

    /** How long a guest may take to start a service. */
    private static final Duration SERVICE = Duration.ofSeconds(10);

    private final HostSetup setup;
    private final Hypervisor hypervisor;
    private final RealTime time;
    private final List<LinuxGuest> guests = new ArrayList<>();
    private final List<Machine> machines = new ArrayList<>();
    private final LinuxNetwork network;
    private final GuestStorage storage;
    private final Map<LinuxGuest, GuestPower> switches = new LinkedHashMap<>();
    private boolean open = true;

    private LinuxHost(HostSetup setup, Hypervisor hypervisor, RealTime time) throws IOException {
        this.setup = setup;
        this.hypervisor = hypervisor;
        this.time = time;
        SplittableRandom random = new SplittableRandom(setup.seed() ^ NONCES);
        for (String name : Guests.NAMES) {
            if (present().contains(name)) {
                guests.add(new LinuxGuest(
                        Residents.guest(name),
                        hypervisor.ownNeed() + setup.memory().guests().getOrDefault(name, 0L),
                        hypervisor,
                        time,
                        setup.evidence(),
                        random.split()));
            }
        }
        storage = new GuestStorage(setup, hypervisor, time);
        network = new LinuxNetwork(setup, time, hypervisor, guests);
        assemble();
    }

    /**
     * Starts the guests, and waits until they are up.
     *
     * @param time is the host's from now on, and ends with it
     * @throws RefusedSetupException if the monitor cannot be configured so
     * @throws IllegalStateException if a guest does not come up; the message says why
     */
    public static LinuxHost start(HostSetup setup, Hypervisor hypervisor, RealTime time)
            throws RefusedSetupException {
        LinuxHost host;
        try {
            GuestStorage.requirePossible(setup, hypervisor);
            host = new LinuxHost(setup, hypervisor, time);
        } catch (IOException failed) {
            hypervisor.close();
            time.close();
            throw new IllegalStateException(failed.getMessage(), failed);
        } catch (RefusedSetupException refused) {
            hypervisor.close();
            time.close();
            throw refused;
        }
        try {
            host.startGuests();
            return host;
        } catch (IOException failed) {
            host.close();
            throw new IllegalStateException(failed.getMessage(), failed);
        } catch (RuntimeException failed) {
            host.close();
            throw failed;
        }
    }

    /** Why no host of real guests can be set up so; empty if it can. */
    public static Optional<String> refuses(HostSetup setup) {
        if (setup.policy().monitor().type() == MonitorPolicy.Type.PHYSICAL) {
            return Optional.of("separate physical machines are no guests of a monitor");
        }
        if (setup.network().ipv6() || setup.network().dhcp()) {
            return Optional.of("real guests speak ARP and IPv4, with configured addresses");
        }
        if (!setup.network().networks().isEmpty()) {
            return Optional.of("real guests are on one segment, without virtual LANs");
        }
        return Optional.empty();
    }

    /** Those that disks or memory are asked for; where none are, the two of every network scenario. */
    private Set<String> wanted() {
        Set<String> wanted = new TreeSet<>(setup.disks().keySet());
        wanted.addAll(setup.memory().guests().keySet());
        if (wanted.isEmpty()) {
            wanted.addAll(Guests.NAMES.subList(0, 2));
        }
        return wanted;
    }

    /** Beside those, where disks matter, one to which an administrator may give a disk; it is off. */
    private Set<String> present() {
        Set<String> present = wanted();
        if (!setup.disks().isEmpty()) {
            present.addAll(Guests.NAMES.subList(0, 2));
        }
        return present;
    }

    private void assemble() {
        network.joinOutside();
        machines.add(network.source());
        List<RawNic> tapped = new ArrayList<>();
        List<Machine> ofGuests = new ArrayList<>();
        for (LinuxGuest guest : guests) {
            LinuxNetwork.AttachedGuest attached = network.attach(guest);
            tapped.add(new TappedNic(Residents.HOST.name(), guest, network.othersThan(guest)));
            ofGuests.add(new LinuxMachine(attached, network.endpoint(guest), facilities(attached)));
            guest.onNotice(new NoticeEvents(guest.name(), time, setup.evidence()::record));
        }
        machines.add(network.host(tapped, hypervisor.refusesTap(), hostSide()));
        machines.addAll(ofGuests);
    }

    private List<Facility> facilities(LinuxNetwork.AttachedGuest attached) {
        LinuxGuest guest = attached.guest();
        GuestDiskFacility disk = storage.facility(guest, attached.link()::connect);
        switches.put(guest, disk.power());
        attached.link().connect(wanted().contains(guest.name()));
        BusFacility buses = new BusFacility(guest, hypervisor);
        if (!setup.memory().guests().containsKey(guest.name())) {
            return List.of(disk, buses);
        }
        return List.of(disk, buses, MemoryFacility.of(guest, Residents.HOST.name()));
    }

    private Facility hostSide() {
        String host = Residents.HOST.name();
        return new HostFacility(
                new HostProcessAccess(host, hypervisor.name(), guests),
                new OwnersConsole(host, guests),
                storage.ofHost());
    }

    private void startGuests() throws IOException {
        setup.evidence()
                .record(new Event.RealMonitorStarted(time.now(), "monitor", hypervisor.name()));
        for (Unenforced setting : hypervisor.unenforced(setup.policy())) {
            setup.evidence()
                    .record(new Event.SettingNotEnforced(
                            time.now(), "monitor", setting.key(), setting.reason()));
        }
        for (Machine machine : machines) {
            setup.evidence()
                    .record(new Event.MachineStarted(
                            time.now(), machine.name(), machine.address(), machine.mac()));
        }
        storage.install();
        network.start();
        List<LinuxGuest> started =
                guests.stream().filter(guest -> wanted().contains(guest.name())).toList();
        for (LinuxGuest guest : started) {
            guest.start();
        }
        for (LinuxGuest guest : started) {
            guest.awaitUp();
            guest.shell().run(GuestScripts.neighbours(), SERVICE);
            guest.record(now -> new Event.CacheWatched(now, guest.name(), 0));
            Objects.requireNonNull(switches.get(guest)).attend();
            if (setup.memory().guests().containsKey(guest.name())) {
                new BusFacility(guest, hypervisor).recordGiven();
            }
        }
    }

    @Override
    public List<Machine> machines() {
        return List.copyOf(machines);
    }

    @Override
    public String absence(String name) {
        return "this host of %s has no machine '%s'".formatted(hypervisor.name(), name);
    }

    @Override
    public void keepImages(String moment) {
        storage.keepImages(moment);
    }

    @Override
    public Timeline timeline() {
        return time;
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        if (!open) {
            throw new IllegalStateException("the host is closed");
        }
        return time.await(condition, limit);
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        guests.forEach(LinuxGuest::cut);
        network.recordDrops();
        hypervisor.close();
        time.close();
    }
}
