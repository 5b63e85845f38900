package cofferdam.scenarios.cli;

import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.signature.KeyException;
import cofferdam.scenarios.signature.KeyFolder;
import cofferdam.scenarios.signature.VerifyingKey;
import cofferdam.scenarios.verify.Verification;
import cofferdam.scenarios.verify.VerificationJson;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** {@code cofferdam verify}: whether a bundle is genuine, and right. */
@Command(
        name = "verify",
        description = {
            "Check a bundle's signature and files, and judge every verdict again from the evidence.",
            "Names whatever differs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the bundle is genuine, and its verdicts follow from its evidence",
            "1:something is wrong, or nobody signed it",
            "2:there is no bundle, or bad usage"
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int EXIT_GENUINE = 0;
    private static final int EXIT_WRONG = 1;
    private static final Pattern FINGERPRINT = Pattern.compile("sha256:[0-9a-f]{64}");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", description = "The bundle's folder, such as cofferdam-out.")
    private Path bundle;

    @Option(
            names = "--key",
            paramLabel = "PUBLIC-KEY",
            description = "The bundle must be signed with this key: a PEM file, or the key's "
                    + "fingerprint, sha256: and 64 hexadecimal digits.")
    private @Nullable String key;

    @Option(names = "--unsigned", description = "A bundle that nobody signed is good enough.")
    private boolean unsigned;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInputException, InterruptedException {
        if (key != null && unsigned) {
            throw new BadInputException(
                    "--unsigned contradicts --key: an unsigned bundle has none");
        }
        boolean showProgress = !quiet && format == OutputFormat.TEXT;
        Verification verification =
                verification(new VerifyWork(bundle, wanted(), unsigned, showProgress));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> new VerifyText(verification, ownKey()).lines().forEach(out::println);
            case JSON ->
                out.println(new String(
                        VerificationJson.of(Version.number(), verification),
                        StandardCharsets.UTF_8));
        }
        return verification.isGenuine() ? EXIT_GENUINE : EXIT_WRONG;
    }

    private static Verification verification(VerifyWork work)
            throws BadInputException, InterruptedException {
        try {
            return work.verify();
        } catch (BundleException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String wanted() throws BadInputException {
        if (key == null) {
            return null;
        }
        String fingerprint = key.toLowerCase(Locale.ROOT);
        if (FINGERPRINT.matcher(fingerprint).matches()) {
            return fingerprint;
        }
        try {
            return VerifyingKey.read(Path.of(key)).fingerprint();
        } catch (KeyException e) {
            throw new BadInputException("--key: " + e.getMessage());
        }
    }

    private static Optional<String> ownKey() {
        KeyFolder folder = new KeyFolder(ConfigurationFolder.own());
        try {
            return folder.hasKey()
                    ? Optional.of(folder.key().publicHalf().fingerprint())
                    : Optional.empty();
        } catch (KeyException unreadable) {
            return Optional.empty();
        }
    }
}
