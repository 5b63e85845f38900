package cofferdam.monitor.linux;

import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.Policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A hypervisor that has a folder, and refuses what a test says. */
record FakeHypervisor(Path folder, Optional<String> refusal) implements Hypervisor {

    @Override
    public Optional<String> refuses(DiskPolicy policy) {
        return refusal;
    }

    @Override
    public List<Unenforced> unenforced(Policy policy) {
        return List.of();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public long ownNeed() {
        return 0;
    }

    @Override
    public RunningGuest start(GuestPlan plan) throws IOException {
        throw new IOException("nothing runs here");
    }

    @Override
    public Optional<Bridge> sharedMedium() {
        return Optional.empty();
    }

    @Override
    public Optional<String> refusesTap() {
        return Optional.empty();
    }

    @Override
    public Optional<String> withoutBuses() {
        return Optional.of("it has no guests");
    }

    @Override
    public void close() {}
}
