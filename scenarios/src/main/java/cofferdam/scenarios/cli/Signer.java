package cofferdam.scenarios.cli;

import cofferdam.scenarios.signature.KeyException;
import cofferdam.scenarios.signature.KeyFolder;
import cofferdam.scenarios.signature.SigningKey;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Who signs what the program writes. */
final class Signer {

    private Signer() {}

    /**
     * The key in the named file, or else the user's own, which is made at first use. Where that
     * cannot be, nobody signs, and the user is told.
     *
     * @throws BadInputException if the named file holds no key
     */
    static Optional<SigningKey> of(Optional<Path> named, PrintWriter warnings)
            throws BadInputException {
        if (named.isPresent()) {
            try {
                return Optional.of(SigningKey.read(named.get()));
            } catch (KeyException e) {
                throw new BadInputException("--key: " + e.getMessage());
            }
        }
        try {
            return Optional.of(new KeyFolder(ConfigurationFolder.own()).key());
        } catch (KeyException e) {
            warnings.println("cofferdam: the bundle is not signed: "
                    + Terminal.safe(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
