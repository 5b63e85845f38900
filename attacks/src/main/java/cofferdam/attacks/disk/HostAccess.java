package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.monitor.ImageStore;

import java.io.IOException;

/** What an adversary does with files, and what it says when it cannot. */
public final class HostAccess {

    private HostAccess() {}

    /** Something that storage may refuse. */
    @FunctionalInterface
    public interface Deed {
        /** What came of it, in words. */
        String carryOut() throws IOException;
    }

    /** The host's files. */
    static ImageStore of(Adversary adversary) throws MissingCapabilityException {
        return adversary
                .machine()
                .offer(ImageStore.class)
                .orElseThrow(MissingCapabilityException::new);
    }

    /** What came of the deed, or why it failed. */
    public static String attempt(Deed deed) {
        try {
            return deed.carryOut();
        } catch (IOException e) {
            return "refused: " + e.getMessage();
        }
    }

    /** The name of the adversary's copy of an image. */
    static String copyOf(String image) {
        return image + ".copy";
    }
}
