package cofferdam.analysis;

import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the frames that prove a violation; counts all and keeps the first ones. */
final class Pointers {

    private final SortedMap<String, SortedMap<Integer, String>> commentsByFile = new TreeMap<>();
    private int count;

    void add(Vantage vantage, SeenFrame frame, String comment) {
        count++;
        if (count <= Judgement.MAXIMUM_FRAMES) {
            commentsByFile
                    .computeIfAbsent(vantage.file(), file -> new TreeMap<>())
                    .merge(frame.frame().number(), "cofferdam: " + comment, Annotations::joined);
        }
    }

    int count() {
        return count;
    }

    List<FrameReference> references() {
        List<FrameReference> references = new ArrayList<>();
        commentsByFile.forEach(
                (file, comments) -> references.add(new FrameReference(file, comments)));
        return references;
    }
}
