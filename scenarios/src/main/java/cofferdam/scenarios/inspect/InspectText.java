package cofferdam.scenarios.inspect;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.inspect.CaptureInspection;
import cofferdam.analysis.inspect.Claim;
import cofferdam.analysis.inspect.Conversation;
import cofferdam.analysis.inspect.Party;
import cofferdam.analysis.inspect.Proof;
import cofferdam.scenarios.result.Cell;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What there is to see, for people. Whoever prints it makes it safe for the terminal. */
public final class InspectText {

    /** The most lines of one list; JSON has all. */
    private static final int MAXIMUM_LINES = 100;

    /** The most frames of one proof that are told of one by one. */
    private static final int MAXIMUM_PROOFS = 8;

    private static final int NANOS_DIGITS = 9;
    private static final int SHOWN_DIGITS = 6;

    private InspectText() {}

    /** A violated verdict, what proves it, and how to see it. */
    public static List<String> violation(ViolationView violation, String bundle) {
        String folder = bundle + "/" + violation.run().folder();
        List<String> lines = new ArrayList<>();
        lines.add("%s under %s: %s violated (%s)"
                .formatted(
                        violation.run().scenario(),
                        violation.run().policy(),
                        violation.judgement().question().property(),
                        Cell.parties(violation.judgement().question())));
        lines.add("  " + violation.judgement().reason());
        for (ViolationView.InCapture capture : violation.captures()) {
            lines.add("  " + capture.file());
            if (!capture.problem().isEmpty()) {
                lines.add("    cannot be read: " + capture.problem());
                continue;
            }
            proofs(capture.proofs(), capture.start()).forEach(line -> lines.add("  " + line));
            lines.add("    "
                    + WiresharkCommand.open(folder + "/" + capture.file(), capture.filter()));
        }
        violation.judgement().evidence().stream()
                .filter(reference -> !(reference instanceof FrameReference))
                .forEach(reference -> lines.add("  %s/%s".formatted(folder, place(reference))));
        return lines;
    }

    private static String place(EvidenceReference reference) {
        return switch (reference) {
            case FrameReference frames -> "%s frames %s".formatted(frames.file(), frames.frames());
            case EventReference events -> "%s lines %s".formatted(events.file(), events.lines());
            case ImageReference image -> "%s offsets %s".formatted(image.file(), image.offsets());
        };
    }

    /** Everything that a capture shows. */
    public static List<String> capture(CaptureView view) {
        CaptureInspection inspection = view.inspection();
        List<String> lines = new ArrayList<>();
        lines.add("%s: %d frames".formatted(view.path(), inspection.frames()));
        if (inspection.otherFrames() > 0) {
            lines.add(
                    "  %d frames belong to no conversation: no Ethernet, or more than %d conversations"
                            .formatted(
                                    inspection.otherFrames(),
                                    CaptureInspection.MAXIMUM_CONVERSATIONS));
        }
        lines.add("conversations");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("protocol", "one", "other", "frames", "bytes", "from", "to"));
        inspection.conversations().stream()
                .limit(MAXIMUM_LINES)
                .forEach(conversation -> rows.add(row(conversation, inspection)));
        lines.addAll(table(rows));
        more(lines, inspection.conversations().size());
        claims(lines, inspection);
        List<Proof> commented = inspection.commented();
        if (!commented.isEmpty()) {
            lines.add("comments");
            lines.addAll(proofs(commented, inspection.start()));
            lines.add("  "
                    + WiresharkCommand.open(
                            view.path(),
                            WiresharkCommand.filter(
                                    commented.stream().map(Proof::frame).toList())));
        }
        return lines;
    }

    private static void claims(List<String> lines, CaptureInspection inspection) {
        List<Claim> claims = inspection.claims();
        if (claims.isEmpty()) {
            return;
        }
        lines.add("who claimed which address");
        claims.stream()
                .limit(MAXIMUM_LINES)
                .forEach(claim -> lines.add("  " + claim(claim, inspection)));
        more(lines, claims.size());
    }

    private static String claim(Claim claim, CaptureInspection inspection) {
        String name = inspection.names().getOrDefault(claim.address(), "");
        String sender =
                claim.by().equals(claim.hardware()) ? "" : ", sent by %s".formatted(claim.by());
        return "%s frame %d: %s%s is at %s (%s%s%s)%s"
                .formatted(
                        seconds(claim.time() - inspection.start()),
                        claim.frame(),
                        claim.address(),
                        name.isEmpty() ? "" : " (%s)".formatted(name),
                        claim.hardware(),
                        claim.message(),
                        claim.times() == 1 ? "" : ", %d times".formatted(claim.times()),
                        sender,
                        claim.isChange() ? " CHANGED, was %s".formatted(claim.before()) : "");
    }

    private static List<String> proofs(List<Proof> proofs, long start) {
        List<String> lines = new ArrayList<>();
        for (Proof proof : proofs.stream().limit(MAXIMUM_PROOFS).toList()) {
            lines.add("  %s frame %d: %s%s"
                    .formatted(
                            seconds(proof.time() - start),
                            proof.frame(),
                            proof.summary(),
                            proof.comment().isEmpty() ? "" : "  [%s]".formatted(proof.comment())));
        }
        if (proofs.size() > MAXIMUM_PROOFS) {
            lines.add("  and %d more".formatted(proofs.size() - MAXIMUM_PROOFS));
        }
        return lines;
    }

    private static void more(List<String> lines, int count) {
        if (count > MAXIMUM_LINES) {
            lines.add("  and %d more; --format json has all".formatted(count - MAXIMUM_LINES));
        }
    }

    private static List<String> row(Conversation conversation, CaptureInspection inspection) {
        Map<String, String> names = inspection.names();
        return List.of(
                conversation.protocol(),
                words(conversation.one(), names),
                words(conversation.other(), names),
                "%d + %d".formatted(conversation.frames(), conversation.framesBack()),
                "%d + %d".formatted(conversation.bytes(), conversation.bytesBack()),
                seconds(conversation.first() - inspection.start()),
                seconds(conversation.last() - inspection.start()));
    }

    private static String words(Party party, Map<String, String> names) {
        String name = names.getOrDefault(party.address(), "");
        String address = party.address().isEmpty()
                ? ""
                : " %s%s%s"
                        .formatted(
                                party.address(),
                                party.port() == Party.NO_PORT ? "" : " port " + party.port(),
                                name.isEmpty() ? "" : " (%s)".formatted(name));
        return party.hardware() + address;
    }

    private static List<String> table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < columns; i++) {
                line.append(' ').append(row.get(i));
                line.append(" ".repeat(widths[i] - row.get(i).length() + 1));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Seconds with microseconds, as Wireshark's first column has them. */
    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANOS_DIGITS)
                .setScale(SHOWN_DIGITS, RoundingMode.DOWN)
                .toPlainString();
    }
}
