package cofferdam.monitor;

import java.util.SplittableRandom;

/** The public collection of pages, which stands for the pages of well-known programs. */
public final class CollectionPage {

    private static final long SEED = 0x70_75_62_6c_69_63_5f_70L;

    private CollectionPage() {}

    /** The content of a page, {@link ProgramMemory#PAGE} bytes that are unlike those of any other. */
    public static byte[] content(int number) {
        byte[] content = new byte[ProgramMemory.PAGE];
        new SplittableRandom(SEED + number).nextBytes(content);
        return content;
    }
}
