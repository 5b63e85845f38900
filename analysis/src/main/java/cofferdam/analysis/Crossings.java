package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.PacketContent;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Frames that one machine sent and another received, whatever was changed on the way. */
final class Crossings {

    private final Run run;

    Crossings(Run run) {
        this.run = run;
    }

    /** Points at every frame of {@code from} that {@code to} received. */
    void point(Machine from, Machine to, Pointers pointers) {
        point(from, to, frame -> true, pointers);
    }

    /** Points at every frame of {@code from} of a certain kind that {@code to} received. */
    void point(Machine from, Machine to, Predicate<SeenFrame> kind, Pointers pointers) {
        Map<Object, Long> sent = new HashMap<>();
        sentBy(from).stream()
                .filter(kind)
                .forEach(frame -> sent.merge(trace(frame), frame.time(), Math::min));
        run.readable(to).ifPresent(vantage -> {
            for (SeenFrame frame : vantage.inbound()) {
                Long first = sent.get(trace(frame));
                if (first != null && first <= frame.time()) {
                    pointers.add(vantage, frame, "%s reaches %s".formatted(from.name(), to.name()));
                }
            }
        });
    }

    /** Whether the machine received one of these frames. */
    boolean isAnyAt(Machine machine, Collection<SeenFrame> frames) {
        Set<Object> wanted = new HashSet<>();
        frames.forEach(frame -> wanted.add(trace(frame)));
        return run.readable(machine).stream()
                .flatMap(vantage -> vantage.inbound().stream())
                .anyMatch(frame -> wanted.contains(trace(frame)));
    }

    /** Those of the machine's frames that are seen nowhere else. */
    List<SeenFrame> vanished(Machine machine, Collection<SeenFrame> frames) {
        Set<Object> elsewhere = new HashSet<>();
        for (Vantage vantage : run.allVantages()) {
            if (!vantage.name().equals(machine.name())) {
                vantage.inbound().forEach(frame -> elsewhere.add(trace(frame)));
            }
        }
        return frames.stream()
                .filter(frame -> !elsewhere.contains(trace(frame)))
                .toList();
    }

    /** How many of the machine's frames that are seen nowhere else these filters have dropped. */
    long dropped(Machine machine, Collection<SeenFrame> lost, List<Drops.Filter> filters) {
        Set<SeenFrame> asked = Collections.newSetFromMap(new IdentityHashMap<>());
        asked.addAll(lost);
        List<SeenFrame> others = vanished(machine, sentBy(machine)).stream()
                .filter(frame -> !asked.contains(frame))
                .toList();
        return Drops.explained(run, machine.name(), lost, others, filters);
    }

    /** What the machine sent, where its capture can be read. */
    List<SeenFrame> sentBy(Machine machine) {
        return run.readable(machine).map(Vantage::outbound).orElse(List.of());
    }

    /** A packet where it is one, since routers change the frame around it; else the frame. */
    private static Object trace(SeenFrame frame) {
        return frame.content() instanceof PacketContent packet ? packet : frame.untagged();
    }
}
