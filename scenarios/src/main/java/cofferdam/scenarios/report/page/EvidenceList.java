package cofferdam.scenarios.report.page;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.scenarios.report.html.Element;

import java.util.List;
import java.util.stream.Collectors;

/** The files that prove something, with the places in them and a command that shows them. */
final class EvidenceList {

    /** A filter with more frames than this is harder to read than the packet comments. */
    private static final int MAXIMUM_FRAMES = 20;

    /** More files than this are counted. */
    private static final int MAXIMUM_FILES = 8;

    private static final int BYTES = 96;

    private EvidenceList() {}

    static Element of(List<EvidenceReference> evidence, List<String> folder) {
        Element list = Element.of("ul", "evidence");
        evidence.stream()
                .limit(MAXIMUM_FILES)
                .forEach(reference -> list.add(Element.of("li")
                        .add(Show.link(folder, reference.file()))
                        .text(" " + places(reference))
                        .add(Element.of("pre", "command")
                                .with("tabindex", "0")
                                .add(Element.of("code").text(command(reference, folder))))));
        if (evidence.size() > MAXIMUM_FILES) {
            list.add(Element.of("li")
                    .text("and %s in "
                            .formatted(Show.count(
                                    evidence.size() - MAXIMUM_FILES, "more file", "more files")))
                    .add(Show.link(folder, "verdicts.json")));
        }
        return list;
    }

    private static String places(EvidenceReference reference) {
        return switch (reference) {
            case FrameReference frames -> "frames " + Show.some(frames.frames());
            case EventReference events -> "lines " + Show.some(events.lines());
            case ImageReference image -> "offsets " + Show.some(image.offsets());
        };
    }

    private static String command(EvidenceReference reference, List<String> folder) {
        String file = Show.word(folder, reference.file());
        return switch (reference) {
            case FrameReference frames -> "wireshark -r %s -Y '%s'".formatted(file, filter(frames));
            case EventReference events ->
                "sed -n '%s' %s"
                        .formatted(
                                events.lines().stream()
                                        .limit(MAXIMUM_FRAMES)
                                        .map(line -> line + "p")
                                        .collect(Collectors.joining(";")),
                                file);
            case ImageReference image ->
                "xxd -s %d -l %d %s"
                        .formatted(
                                image.offsets().isEmpty() ? 0 : image.offsets().getFirst(),
                                BYTES,
                                file);
        };
    }

    private static String filter(FrameReference frames) {
        if (frames.frames().size() > MAXIMUM_FRAMES) {
            return "frame.comment contains \"cofferdam\"";
        }
        return frames.frames().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "frame.number in {", "}"));
    }
}
