package cofferdam.analysis.search;

import cofferdam.analysis.regex.Anchor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Searches any set in plain Java. An expression is tried only where one of its literals stands; an
 * expression without one is tried everywhere, which is slow.
 */
final class JavaSearcher implements Searcher {

    private static final int WINDOW_BYTES = 256 << 10;

    private final Needles needles;
    private final int overlap;
    private final WuManber exact;
    private final WuManber folded;

    /** Expressions that are tried everywhere. */
    private final List<Integer> everywhere = new ArrayList<>();

    /** What the places of a literal say: by the literal's number. */
    private final List<Meaning> meanings = new ArrayList<>();

    private final Queue<Session> idle = new ConcurrentLinkedQueue<>();

    /**
     * What it means that a literal stands somewhere.
     *
     * @param fewest fewest bytes of the match before it, 0 for a needle that is a literal
     * @param most most bytes of the match before it
     * @param length of the literal, or 0 if the needle is an expression
     */
    private record Meaning(int needle, int fewest, int most, int length) {}

    private static final class Session {
        private final byte[] window;
        private final Candidates candidates;

        Session(int size, Needles needles) {
            window = new byte[size];
            candidates = new Candidates(needles.targets());
        }
    }

    JavaSearcher(Needles needles) {
        this.needles = needles;
        List<WuManber.Entry> withCase = new ArrayList<>();
        List<WuManber.Entry> withoutCase = new ArrayList<>();
        int reach = 1;
        for (int i = 0; i < needles.targets().size(); i++) {
            switch (needles.targets().get(i)) {
                case Needles.Text text -> {
                    Literal literal = text.literal();
                    add(new Meaning(i, 0, 0, literal.length()), literal, withCase, withoutCase);
                    reach = Math.max(reach, literal.length());
                }
                case Needles.Form form -> {
                    List<Anchor> anchors = form.regex().anchors();
                    for (Anchor anchor : anchors) {
                        Literal literal = Literal.of(anchor.literal(), true);
                        int most = Math.min(anchor.maximum(), form.longest());
                        var meaning = new Meaning(i, anchor.minimum(), most, 0);
                        add(meaning, literal, withCase, withoutCase);
                        reach = Math.max(reach, most + literal.length());
                    }
                    if (anchors.isEmpty()) {
                        everywhere.add(i);
                    }
                }
            }
        }
        overlap = reach - 1;
        exact = new WuManber(withCase, false);
        folded = new WuManber(withoutCase, true);
    }

    private void add(
            Meaning meaning,
            Literal literal,
            List<WuManber.Entry> withCase,
            List<WuManber.Entry> withoutCase) {
        (literal.exact() ? withCase : withoutCase)
                .add(new WuManber.Entry(literal, meanings.size()));
        meanings.add(meaning);
    }

    @Override
    public String engine() {
        return needles.literal() ? "wu-manber" : "wu-manber and java expressions";
    }

    @Override
    public int longest() {
        return needles.longest();
    }

    @Override
    public void search(MemorySegment bytes, Hits hits) {
        Session polled = idle.poll();
        Session session = polled != null ? polled : new Session(WINDOW_BYTES + overlap, needles);
        session.candidates.begin();
        for (long from = 0; from < bytes.byteSize(); from += WINDOW_BYTES) {
            window(session, bytes, from, hits);
        }
        idle.add(session);
    }

    private void window(Session session, MemorySegment bytes, long from, Hits hits) {
        int size = (int) Math.min(bytes.byteSize() - from, WINDOW_BYTES + overlap);
        long to = from + Math.min(size, WINDOW_BYTES);
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, session.window, 0, size);
        Candidates candidates = session.candidates;
        candidates.window(from, to);
        everywhere.forEach(needle -> candidates.add(needle, from, to - 1));
        WuManber.Places places = (id, start) -> {
            Meaning meaning = meanings.get(id);
            long at = from + start;
            if (meaning.length == 0) {
                candidates.add(meaning.needle, at - meaning.most, at - meaning.fewest);
            } else if (at < to) {
                hits.hit(meaning.needle, at, at + meaning.length);
            }
        };
        exact.search(session.window, size, places);
        folded.search(session.window, size, places);
        candidates.tell(bytes, hits);
    }

    @Override
    public void close() {
        idle.clear();
    }
}
