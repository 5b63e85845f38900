package cofferdam.analysis.audit;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.Extent;

import java.util.List;

/** What the passes over one image share. */
final class Workspace implements AutoCloseable {

    /** What may be decoded and joined in all: this many bytes, and so many times the size of the files. */
    private static final long DECODED_BYTES = 256L << 20;

    private static final int DECODED_TIMES_SIZE = 16;

    private final CompiledRules rules;
    private final Hits hits;
    private final Problems problems;
    private final Scratch scratch = new Scratch();
    private final long[] accountedEnds;
    private long decodingLeft;
    private long decoded;
    private long metadata;
    private boolean complete = true;

    Workspace(CompiledRules rules, Hits hits, Problems problems, List<MappedFile> files) {
        this.rules = rules;
        this.hits = hits;
        this.problems = problems;
        this.accountedEnds = new long[files.size()];
        long size = files.stream().mapToLong(MappedFile::size).sum();
        this.decodingLeft = DECODED_BYTES + DECODED_TIMES_SIZE * size;
    }

    CompiledRules rules() {
        return rules;
    }

    Hits hits() {
        return hits;
    }

    Problems problems() {
        return problems;
    }

    Scratch scratch() {
        return scratch;
    }

    /** Notes that an extent accounts for bytes of a host file. */
    void account(int file, Extent extent) {
        long end = extent.fileOffset() + extent.fileLength();
        accountedEnds[file] = Math.max(accountedEnds[file], end);
        metadata += extent.kind() == Extent.Kind.METADATA ? extent.fileLength() : 0;
    }

    /** Where in a host file nothing more is accounted for. */
    long accountedEnd(int file) {
        return accountedEnds[file];
    }

    /** Bytes of the containers' own structures. */
    long metadata() {
        return metadata;
    }

    /**
     * Asks whether so many bytes may be decoded or deciphered, and counts them; if not, that is told
     * as a problem and leaves the audit incomplete.
     */
    boolean mayDecode(long count) {
        if (!mayJoin(count)) {
            return false;
        }
        decoded += count;
        return true;
    }

    /**
     * Asks whether so many bytes around borders may be searched again, and counts them; if not, that
     * is told as a problem and leaves the audit incomplete.
     */
    boolean mayJoin(long count) {
        if (decodingLeft < count) {
            complete = false;
            problems.add(
                    CommonProblem.WORK_LIMIT,
                    "more is in it than its size accounts for; the rest is not searched");
            return false;
        }
        decodingLeft -= count;
        return true;
    }

    /** Bytes that were decoded or deciphered so far. */
    long decoded() {
        return decoded;
    }

    /** Notes that something could not be searched. */
    void leaveIncomplete() {
        complete = false;
    }

    boolean isComplete() {
        return complete;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
