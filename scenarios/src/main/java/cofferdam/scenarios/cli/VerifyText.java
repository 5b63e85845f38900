package cofferdam.scenarios.cli;

import cofferdam.scenarios.verify.Problem;
import cofferdam.scenarios.verify.Signature;
import cofferdam.scenarios.verify.Verification;
import cofferdam.scenarios.verify.VerificationJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of verifying a bundle, for people.
 *
 * @param ownKey the fingerprint of the user's own key, if there is one
 */
record VerifyText(Verification verification, Optional<String> ownKey) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("bundle", verification.bundle() + contents()));
        verification
                .signature()
                .ifPresent(signature -> lines.add(line("signature", words(signature))));
        verification.contents().ifPresent(contents -> {
            lines.add(line(
                    "files",
                    "%d in the manifest, %s"
                            .formatted(contents.files(), count(filesAtFault(), "wrong"))));
            lines.add(line(
                    "verdicts",
                    "%d in %s, judged again: %s"
                            .formatted(
                                    contents.verdicts(),
                                    count(contents.runs(), "run"),
                                    count(of(Problem.Kind.VERDICT), "difference"))));
        });
        verification
                .problems()
                .forEach(problem -> lines.add(line(
                        VerificationJson.word(problem.kind()),
                        problem.file() + ": " + problem.detail())));
        verification.remarks().forEach(remark -> lines.add(line("remark", remark)));
        lines.add(
                verification.isGenuine()
                        ? "the bundle is as %s, and its evidence shows what it says"
                                .formatted(writer())
                        : "the bundle cannot be relied on: %s"
                                .formatted(count(verification.problems().size(), "problem")));
        return lines;
    }

    private String writer() {
        boolean signed = verification
                .signature()
                .filter(signature -> signature.state() == Signature.State.VALID)
                .isPresent();
        return signed ? "its signer wrote it" : "its manifest says";
    }

    private String contents() {
        return verification
                .contents()
                .map(contents -> " (format version %d, by cofferdam %s)"
                        .formatted(contents.formatVersion(), contents.madeBy().orElse("unknown")))
                .orElse("");
    }

    private String words(Signature signature) {
        String by = signature
                .fingerprint()
                .map(key -> "by the key %s%s"
                        .formatted(key, ownKey.equals(Optional.of(key)) ? ", your own" : ""))
                .orElse("");
        return switch (signature.state()) {
            case VALID -> "valid, " + by;
            case ABSENT -> "none: nobody answers for this bundle";
            case OTHER_KEY -> "genuine, but " + by;
            case INVALID -> "false: it is not of this manifest";
        };
    }

    private long filesAtFault() {
        return verification.problems().stream()
                .filter(problem -> switch (problem.kind()) {
                    case CHANGED, MISSING, ADDED -> true;
                    case SIGNATURE, MALFORMED, VERDICT -> false;
                })
                .count();
    }

    private long of(Problem.Kind kind) {
        return verification.problems().stream()
                .filter(problem -> problem.kind() == kind)
                .count();
    }

    private static String count(long number, String word) {
        if (number == 0) {
            return word.equals("wrong") ? "all as it says" : "no " + word;
        }
        boolean plural = number > 1 && !word.equals("wrong");
        return "%d %s%s".formatted(number, word, plural ? "s" : "");
    }

    private static String line(String label, String text) {
        return Terminal.safe("%-10s %s".formatted(label, text));
    }
}
