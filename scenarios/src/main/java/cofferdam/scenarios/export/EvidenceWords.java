package cofferdam.scenarios.export;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;

import java.util.List;
import java.util.stream.Collectors;

/** Where evidence lies, in words. */
public final class EvidenceWords {

    /** More frame numbers than this are not listed one by one. */
    private static final int PLACES_SHOWN = 8;

    private EvidenceWords() {}

    /** The places in the file, such as {@code frames 12, 14}; empty if the whole file is meant. */
    public static String places(EvidenceReference reference) {
        return switch (reference) {
            case FrameReference frames -> places("frame", frames.frames());
            case EventReference events -> places("line", events.lines());
            case ImageReference image -> places("offset", image.offsets());
        };
    }

    private static String places(String what, List<? extends Number> places) {
        if (places.isEmpty()) {
            return "";
        }
        String shown = places.stream()
                .limit(PLACES_SHOWN)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        String rest = places.size() > PLACES_SHOWN
                ? " and %d more".formatted(places.size() - PLACES_SHOWN)
                : "";
        return what + (places.size() == 1 ? " " : "s ") + shown + rest;
    }
}
