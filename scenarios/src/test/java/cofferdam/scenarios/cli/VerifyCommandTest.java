package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.scenarios.bundle.Manifest;
import cofferdam.scenarios.bundle.OldBundles;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.signature.KeyFolder;
import cofferdam.scenarios.signature.SigningKey;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class VerifyCommandTest {

    private static final String RUN = "few-frames/virtual-server-1.0/emulated/seed-1/";

    @TempDir
    private static Path shared;

    private static Path original;
    private static KeyFolder owner;

    @TempDir
    Path folder;

    private Path bundle;

    @BeforeAll
    static void runOnce() throws Exception {
        owner = new KeyFolder(shared.resolve("owner"));
        owner.key();
        original = shared.resolve("original");
        Program.Finished finished = run(original, owner.file());
        assertThat(finished.exitCode()).as(finished.err()).isEqualTo(1);
    }

    private static Program.Finished run(Path out, Path key) {
        return Program.run(
                "run",
                OldBundles.scenario().toString(),
                "--policy",
                "esx-1.5.2",
                "--policy",
                "virtual-server-1.0",
                "--out",
                out.toString(),
                "--key",
                key.toString());
    }

    @BeforeEach
    void copy() {
        bundle = OldBundles.copy(original, folder.resolve("bundle"));
    }

    @Test
    void aBundleIsGenuineAsItWasWritten() {
        Program.Finished finished = verify();
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out())
                .contains("signature  valid, by the key sha256:")
                .contains("files      20 in the manifest, all as it says")
                .contains("verdicts   4 in 2 runs, judged again: no difference");
    }

    @Test
    void aKeyThatMadeTheSignatureIsAccepted() throws Exception {
        String fingerprint = owner.key().publicHalf().fingerprint();
        assertThat(verify("--key", fingerprint).exitCode()).isZero();
        assertThat(verify("--key", owner.file().toString()).exitCode()).isZero();
        Path publicHalf = owner.file().resolveSibling("signing-key.pub.pem");
        assertThat(verify("--key", publicHalf.toString()).exitCode()).isZero();
    }

    @Test
    void anotherKeyIsNamed() throws Exception {
        SigningKey other = new KeyFolder(folder.resolve("other")).key();
        Program.Finished finished =
                verify("--key", folder.resolve("other/signing-key.pem").toString());
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out())
                .contains("it is by the key " + owner.key().publicHalf().fingerprint())
                .contains("not by " + other.publicHalf().fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.pem", "manifest.json", "sha256:12"})
    void aKeyThatIsNoneIsBadUsage(String key) {
        Program.Finished finished = verify("--key", bundle.resolve(key).toString());
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).startsWith("cofferdam: --key: ");
    }

    @Test
    void anUnsignedBundleIsGoodEnoughOnlyIfTheUserSaysSo() throws Exception {
        Files.delete(bundle.resolve("manifest.sig"));
        assertThat(verify().exitCode()).isEqualTo(1);
        assertThat(verify().out()).contains("signature  none: nobody answers for this bundle");
        assertThat(verify("--unsigned").exitCode()).isZero();
        assertThat(verify("--unsigned").out()).contains("the bundle is as its manifest says");
        assertThat(verify("--unsigned", "--key", owner.file().toString()).exitCode())
                .isEqualTo(2);
    }

    @Test
    void aFalseSignatureIsFoundEvenWhereNoneWouldBeGoodEnough() throws Exception {
        Path signature = bundle.resolve("manifest.sig");
        Files.writeString(signature, Files.readString(signature) + "\n");
        assertThat(verify("--unsigned").exitCode()).isEqualTo(1);
        assertThat(verify("--unsigned").out()).contains("manifest.sig: it is no signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publicKey", "signature"})
    void anotherSpellingOfTheSameBytesIsNoSignature(String member) throws Exception {
        Path file = bundle.resolve("manifest.sig");
        String written = Files.readString(file);
        int last = written.indexOf('=', written.indexOf(member)) - 1;
        // The lowest bit of a digit before the padding belongs to no byte.
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char other = digits.charAt(digits.indexOf(written.charAt(last)) ^ 1);
        Files.writeString(file, written.substring(0, last) + other + written.substring(last + 1));
        assertThat(verify().exitCode()).isEqualTo(1);
        assertThat(verify().out()).contains("manifest.sig: it is no signature of this manifest");
    }

    @Test
    void theSignatureOfAnotherBundleIsFalse() throws Exception {
        Path other = folder.resolve("other");
        Forgery.of(bundle).add("more.txt", new byte[0]).sign(other, "1", owner.key());
        Files.delete(bundle.resolve("manifest.sig"));
        Files.copy(other.resolve("manifest.sig"), bundle.resolve("manifest.sig"));
        assertThat(verify().out()).contains("manifest.sig: it is no signature of this manifest");
    }

    @Test
    void whatIsNoBundleIsBadUsage() {
        assertThat(Program.run("verify", folder.toString()).exitCode()).isEqualTo(2);
        assertThat(Program.run("verify", folder.resolve("nowhere").toString()).exitCode())
                .isEqualTo(2);
        assertThat(Program.run("verify").exitCode()).isEqualTo(2);
    }

    @Test
    void everythingThatIsChangedMissingOrAddedIsNamed() throws Exception {
        Files.writeString(bundle.resolve(RUN + "events.jsonl"), "");
        Files.delete(bundle.resolve(RUN + "captures/vm1.pcapng"));
        Files.writeString(bundle.resolve(RUN + "captures/notes.txt"), "added");
        Files.createDirectories(bundle.resolve("empty/within"));
        Files.createSymbolicLink(bundle.resolve("link"), folder);
        Files.move(bundle.resolve(RUN + "policy.yaml"), folder.resolve("policy.yaml"));
        Files.createSymbolicLink(
                bundle.resolve(RUN + "policy.yaml"), folder.resolve("policy.yaml"));
        Program.Finished finished = verify();
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out().lines())
                .contains("changed    %sevents.jsonl: it has 0 bytes, the manifest says %d"
                        .formatted(RUN, Files.size(original.resolve(RUN + "events.jsonl"))))
                .contains("missing    %scaptures/vm1.pcapng: the manifest lists it".formatted(RUN))
                .contains("added      %scaptures/notes.txt: a file that the manifest does not list"
                        .formatted(RUN))
                .contains("added      empty/: a folder that the manifest does not list")
                .contains("added      link: a symbolic link that the manifest does not list")
                .contains("changed    %spolicy.yaml: it is a symbolic link".formatted(RUN));
    }

    @Test
    void aFolderReplacedByALinkIsNamed() throws Exception {
        Files.move(bundle.resolve("few-frames"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(bundle.resolve("few-frames"), folder.resolve("elsewhere"));
        Program.Finished finished = verify();
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out()).contains("changed    few-frames: it is a symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"summary.json", RUN + "events.jsonl", RUN + "captures/vm1.pcapng"})
    void aFileBlownUpBeyondAllMemoryIsNamed(String file) throws Exception {
        try (RandomAccessFile hole = new RandomAccessFile(bundle.resolve(file).toFile(), "rw")) {
            hole.setLength(1L << 40);
        }
        Program.Finished finished = verify();
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out())
                .contains("changed    %s: it has 1099511627776 bytes".formatted(file));
    }

    @Test
    void namesFromTheBundleDoNotReachTheTerminalRaw() throws Exception {
        Files.writeString(bundle.resolve("\u001b[2Jgone"), "");
        assertThat(verify().out()).contains("\\u001b[2Jgone").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verdicts.json|\"verdict\" : \"violated\"|\"verdict\" : \"upheld\"|verdicts.json: "
                        + "traffic-confidentiality (vm1 <-> source, observer vm2): it says upheld, "
                        + "the evidence shows violated: vm2 received 4 frames",
                "verdicts.json|received 4 frames|received 5 frames|verdicts.json: "
                        + "traffic-confidentiality (vm1 <-> source, observer vm2): its reason is",
                "verdicts.json|7, 8, 9, 10|7, 8, 9, 11|it does not point at what proves it",
                "verdicts.json|\"properties\" :|\"properties\":|not in the form in which it is written",
                "summary.json|\"verdict\" : \"violated\"|\"verdict\" : \"upheld\"|summary.json: "
                        + "few-frames/virtual-server-1.0/emulated/seed-1: traffic-confidentiality",
                "summary.json|\"violated\" : 1|\"violated\" : 0|it counts 3 upheld, 0 violated",
                "summary.json|\"unexpected\" : 1|\"unexpected\" : 0|it counts 3 upheld, 1 violated",
                "summary.json|\"version\" : \"|\"version\" : \"9|it is of program version 9",
                "summary.json|\"subject\" : \"vm1<->source\"|\"subject\" : \"vm1<->vm2\"|it tells of",
                "summary.json|\"seed\" : 1|\"seed\" : 01|summary.json: summary.json of",
            })
    void aForgedAndSignedDocumentIsFound(String file, String wanted, String instead, String message)
            throws Exception {
        assertForged(Forgery.of(bundle).replace(file, wanted, instead), message);
    }

    @Test
    void aBundleThatDoesNotTellWhatTheMonitorIsGoodForIsFound() throws Exception {
        Forgery forgery = Forgery.of(bundle)
                .edit(
                        "summary.json",
                        document -> new String(document, UTF_8)
                                .replaceAll("(?s)\"securitySupport\" : \\{.*?},\\s*", "")
                                .getBytes(UTF_8));
        assertForged(
                forgery,
                "summary.json: " + RUN.substring(0, RUN.length() - 1)
                        + ": it does not tell what the monitor's makers say of its isolation");
    }

    @Test
    void evidenceOfAnotherMonitorIsFound() throws Exception {
        Forgery forgery = Forgery.of(bundle)
                .edit(
                        "seed-1/events.jsonl",
                        document -> new String(document, UTF_8)
                                .replaceFirst(
                                        "\\{\"time\":(\\d+)",
                                        "{\"time\":$1,\"event\":\"real-monitor-started\","
                                                + "\"actor\":\"monitor\",\"subject\":\"uml\"}\n$0")
                                .getBytes(UTF_8));
        assertForged(forgery, RUN + "events.jsonl: it is that of the monitor uml");
    }

    @Test
    void aBundleWithoutRunsShowsNothing() throws Exception {
        String version = Version.number();
        Forgery forgery = Forgery.of(bundle)
                .remove("seed-1/events.jsonl")
                .remove("seed-1/scenario.yaml")
                .remove("seed-1/verdicts.json")
                .remove("seed-1/policy.yaml")
                .remove(".pcapng")
                .remove("junit.xml")
                .edit("summary.json", document -> ResultJson.forBundle(version, List.of()));
        assertForged(forgery, "summary.json: it tells of no run");
    }

    @Test
    void aForgedVerdictInBothDocumentsIsFound() throws Exception {
        Forgery forgery = Forgery.of(bundle)
                .replace(".json", "\"verdict\" : \"violated\"", "\"verdict\" : \"upheld\"")
                .replace("summary.json", "\"violated\" : 1", "\"violated\" : 0")
                .replace("summary.json", "\"upheld\" : 3", "\"upheld\" : 4")
                .replace("summary.json", "\"unexpected\" : 1", "\"unexpected\" : 0");
        assertForged(forgery, RUN + "verdicts.json: traffic-confidentiality");
        assertForged(forgery, "summary.json: " + RUN.substring(0, RUN.length() - 1));
    }

    @Test
    void aViolationThatNobodyAcceptedIsNotAccepted() throws Exception {
        assertForged(
                Forgery.of(bundle)
                        .replace(
                                "summary.json",
                                "\"verdict\" : \"violated\",",
                                "\"verdict\" : \"violated\", \"accepted\" : \"trust me\","),
                "what it says of the policy's acceptance is not in the policy");
    }

    @Test
    void aReportForOtherToolsThatTellsOtherwiseIsFound() throws Exception {
        assertForged(
                Forgery.of(bundle).replace("junit.xml", "failures=\"1\"", "failures=\"0\""),
                "junit.xml: it does not tell what the evidence shows");
    }

    @Test
    void aForgedPacketCommentIsFound() throws Exception {
        assertForged(
                Forgery.of(bundle)
                        .edit(
                                "virtual-server-1.0/emulated/seed-1/captures/vm2.pcapng",
                                bytes -> Bytes.replace(bytes, "seen by vm2", "seen by vm1")),
                RUN + "captures/vm2.pcapng: the comment of frame 7");
    }

    @Test
    void aRunThatTheSummaryKeepsQuietIsNamed() throws Exception {
        Forgery forgery = Forgery.of(bundle);
        String other = RUN.replace("seed-1", "seed-2");
        assertForged(
                forgery.add(other + "events.jsonl", forgery.file("events.jsonl")),
                "summary.json: it does not tell of the run "
                        + other.substring(0, other.length() - 1));
    }

    @Test
    void aRunWithoutItsEvidenceCannotBeUpheld() throws Exception {
        assertForged(
                Forgery.of(bundle).remove("esx-1.5.2/emulated/seed-1/events.jsonl"),
                "it says upheld, the evidence shows inconclusive: there is no events.jsonl");
    }

    @Test
    void aPlotThatIsNotWhatTheEvidenceGivesIsFound() throws Exception {
        assertForged(
                Forgery.of(bundle).add(RUN + "memory.svg", new byte[] {'<'}),
                RUN + "memory.svg: it is not what the evidence gives");
    }

    /** Neither hash nor signature gives it away; the evidence does. */
    private void assertForged(Forgery forgery, String message) throws Exception {
        SigningKey forger = new KeyFolder(folder.resolve("forger")).key();
        bundle = forgery.sign(folder.resolve("forged"), Version.number(), forger);
        Program.Finished finished = verify();
        assertThat(finished.out()).contains("signature  valid").contains(message);
        assertThat(finished.out()).contains("all as it says");
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    @Test
    void aRunWithoutSuchABoundaryIsJudgedAgainToo() {
        bundle = folder.resolve("physical");
        Program.run(
                "run", "image-string-search", "--policy", "physical", "--out", bundle.toString());
        assertThat(verify().exitCode()).isZero();
        assertThat(verify().out()).contains("in 1 run, judged again: no difference");
    }

    @Test
    void aRunThatTheTestbedFailedHasNothingToBeJudged() throws Exception {
        bundle = Forgery.of(bundle)
                .remove("events.jsonl")
                .remove(".pcapng")
                .remove("junit.xml")
                .replace(".json", "\"verdict\" : \"violated\"", "\"verdict\" : \"error\"")
                .replace(".json", "\"verdict\" : \"upheld\"", "\"verdict\" : \"error\"")
                .edit(
                        ".json",
                        text -> new String(text, UTF_8)
                                .replaceAll(
                                        "\"evidence\" : \\[ \\{[^}]*\\} \\]", "\"evidence\" : [ ]")
                                .getBytes(UTF_8))
                .replace("summary.json", "\"upheld\" : 3", "\"upheld\" : 0")
                .replace("summary.json", "\"violated\" : 1", "\"violated\" : 0")
                .replace("summary.json", "\"error\" : 0", "\"error\" : 4")
                .replace("summary.json", "\"unexpected\" : 1", "\"unexpected\" : 4")
                .sign(folder.resolve("failed"), Version.number(), owner.key());
        Program.Finished finished = verify();
        assertThat(finished.out())
                .contains("remark     " + RUN.substring(0, RUN.length() - 1))
                .contains("left no evidence to judge");
        assertThat(finished.exitCode()).as(finished.out()).isZero();
    }

    @Test
    void aBundleOfVersionOneStaysReadableAndVerifiable() {
        bundle = OldBundles.version(1);
        Program.Finished finished = verify("--unsigned");
        assertThat(finished.out())
                .contains("(format version 1, by cofferdam 0.1.0)")
                .contains("4 in 2 runs, judged again: no difference");
        assertThat(finished.exitCode()).as(finished.out()).isZero();
    }

    @Test
    void aBundleOfVersionTwoStaysReadableAndVerifiable() {
        bundle = OldBundles.version(2);
        String key = "sha256:6cdce83b1a3df2b4bfa1576312482bcc86ef38d973afde126a829e7a9b9782d5";
        Program.Finished finished = verify("--key", key);
        assertThat(finished.out())
                .contains("(format version 2, by cofferdam 0.1.0)")
                .contains("4 in 2 runs, judged again: no difference");
        assertThat(finished.exitCode()).as(finished.out()).isZero();
    }

    @Test
    void aBundleOfVersionThreeStaysReadableAndVerifiable() {
        bundle = OldBundles.version(3);
        Program.Finished finished = verify(
                "--key", "sha256:666c75808228b6c808a4e5d6d54ec9bb0d83c0b4806f1a23bc0c5f3ba25f4bcf");
        assertThat(finished.out())
                .contains("(format version 3, by cofferdam 0.1.0)")
                .contains("4 in 2 runs, judged again: no difference");
        assertThat(finished.exitCode()).as(finished.out()).isZero();
    }

    @Test
    void whatAnotherVersionOfTheProgramWordedDifferentlyIsRemarkedOnly() throws Exception {
        SigningKey key = owner.key();
        bundle = Forgery.of(bundle)
                .replace("summary.json", Version.number(), "0.0.1")
                .replace(".json", "received 4 frames", "got 4 frames")
                .sign(folder.resolve("older"), "0.0.1", key);
        Program.Finished finished = verify();
        assertThat(finished.exitCode()).as(finished.out()).isZero();
        assertThat(finished.out()).contains("remark").contains("got 4 frames");
    }

    @Test
    void tellsTheSameAsJson() throws Exception {
        Files.delete(bundle.resolve(RUN + "captures/vm1.pcapng"));
        Program.Finished finished = verify("--format", "json");
        assertThat(finished.exitCode()).isEqualTo(1);
        JsonNode document = JsonMapper.shared().readTree(finished.out());
        assertThat(document.path("genuine").booleanValue()).isFalse();
        assertThat(document.path("formatVersion").intValue()).isEqualTo(Manifest.VERSION);
        assertThat(document.path("signature").path("state").stringValue()).isEqualTo("valid");
        assertThat(document.path("problems").path(0).path("kind").stringValue())
                .isEqualTo("missing");
        assertThat(document.path("problems").path(0).path("file").stringValue())
                .isEqualTo(RUN + "captures/vm1.pcapng");
    }

    @Test
    void aBundleMadeUnderAnotherLocaleAndTimeZoneIsGenuine() throws Exception {
        Program.Finished made = Program.runInProcess(
                folder,
                List.of(
                        "-Duser.timezone=Pacific/Auckland",
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.extensions=u-nu-arab",
                        "-Dfile.encoding=ISO-8859-1"),
                "run",
                "--out",
                "made",
                "--key",
                owner.file().toString());
        assertThat(made.exitCode()).isZero();
        bundle = folder.resolve("made");
        Program.Finished finished = verify("--key", owner.file().toString());
        assertThat(finished.exitCode()).as(finished.out()).isZero();
    }

    private Program.Finished verify(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "verify";
        arguments[1] = bundle.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Program.run(arguments);
    }
}
