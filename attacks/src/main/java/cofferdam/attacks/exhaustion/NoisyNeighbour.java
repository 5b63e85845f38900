package cofferdam.attacks.exhaustion;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.Programs;
import cofferdam.monitor.Programs.Stressor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Uses up one of the resources that machines share, as the six stressors of the Isolation Benchmark
 * Suite do: J. Matthews and others, "Quantifying the Performance Isolation Properties of
 * Virtualization Systems", ExpCS 2007.
 */
public final class NoisyNeighbour implements Attack {

    private static final Setting.Choice STRESSOR = new Setting.Choice(
            "stressor",
            "which resource it uses up",
            Stream.of(Stressor.values()).map(NoisyNeighbour::word).toList());

    @Override
    public String name() {
        return "noisy-neighbour";
    }

    @Override
    public String summary() {
        return "uses as much as it can of one of the resources that machines share";
    }

    @Override
    public Boundary boundary() {
        return Boundary.EXHAUSTION;
    }

    @Override
    public List<Setting> settings() {
        return List.of(STRESSOR);
    }

    @Override
    public Victims victims() {
        return new Victims(0, 4);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Programs programs = adversary
                .machine()
                .offer(Programs.class)
                .orElseThrow(MissingCapabilityException::new);
        String chosen = adversary.settings().choice(STRESSOR.name());
        Stressor stressor = Stream.of(Stressor.values())
                .filter(known -> word(known).equals(chosen))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no stressor '%s'".formatted(chosen)));
        Optional<String> reason = programs.cannot(stressor);
        if (reason.isPresent()) {
            throw new MissingCapabilityException(reason.get());
        }
        adversary.report().accept("stressor " + chosen);
        return NoiseCampaign.begin(adversary, () -> programs.start(stressor));
    }

    private static String word(Stressor stressor) {
        return stressor.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
