package cofferdam.attacks.exhaustion;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.RunningSystem.Sabotage;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The thesis's crash test: essential parts of an operating system are removed while it runs. */
public final class GuestCrash implements Attack {

    private static final Setting.Choice HOW = new Setting.Choice(
            "how",
            "how the operating system is destroyed",
            Arrays.stream(Sabotage.values()).map(GuestCrash::word).toList());

    @Override
    public String name() {
        return "guest-crash";
    }

    @Override
    public String summary() {
        return "destroys the operating system of its own machine while it runs";
    }

    @Override
    public Boundary boundary() {
        return Boundary.EXHAUSTION;
    }

    @Override
    public List<Setting> settings() {
        return List.of(HOW);
    }

    @Override
    public Victims victims() {
        return Victims.NONE;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        RunningSystem system = adversary
                .machine()
                .offer(RunningSystem.class)
                .orElseThrow(MissingCapabilityException::new);
        String how = adversary.settings().choice(HOW.name());
        Optional<String> reason = system.cannot(sabotage(how));
        if (reason.isPresent()) {
            throw new MissingCapabilityException(reason.get());
        }
        adversary.report().accept(destroy(system, how));
        return FinishedCampaign.INSTANCE;
    }

    private static String destroy(RunningSystem system, String how) {
        try {
            system.sabotage(sabotage(how));
            return "did " + how;
        } catch (IOException e) {
            return "could not %s: %s".formatted(how, e.getMessage());
        }
    }

    private static Sabotage sabotage(String how) {
        return Arrays.stream(Sabotage.values())
                .filter(sabotage -> word(sabotage).equals(how))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no way to destroy a system".formatted(how)));
    }

    private static String word(Sabotage sabotage) {
        return sabotage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
