package cofferdam.analysis.regex;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** What holds between two bytes. */
final class Boundaries {

    private Boundaries() {}

    static boolean hold(Node.Assertion.Kind kind, MemorySegment text, long at) {
        return switch (kind) {
            case TEXT_START -> at == 0;
            case TEXT_END -> at == text.byteSize();
            case LINE_START -> at == 0 || text.get(JAVA_BYTE, at - 1) == '\n';
            case LINE_END -> at == text.byteSize() || text.get(JAVA_BYTE, at) == '\n';
            case WORD_BOUNDARY -> isWord(text, at - 1) != isWord(text, at);
            case NO_WORD_BOUNDARY -> isWord(text, at - 1) == isWord(text, at);
        };
    }

    private static boolean isWord(MemorySegment text, long at) {
        return at >= 0
                && at < text.byteSize()
                && RegexInput.WORD.contains(Byte.toUnsignedInt(text.get(JAVA_BYTE, at)));
    }
}
