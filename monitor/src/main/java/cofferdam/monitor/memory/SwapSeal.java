package cofferdam.monitor.memory;

import java.io.IOException;

/** What is done to a guest's pages on their way to the swap file and back. */
interface SwapSeal {

    /** As it is. */
    SwapSeal PLAIN = new SwapSeal() {
        @Override
        public byte[] seal(int slot, byte[] page) {
            return page;
        }

        @Override
        public byte[] open(int slot, byte[] stored) {
            return stored;
        }
    };

    /** What is to be stored in the slot for the page; as many bytes. */
    byte[] seal(int slot, byte[] page);

    /**
     * The page that was sealed for the slot last.
     *
     * @throws IOException if these are not the bytes that came of it
     */
    byte[] open(int slot, byte[] stored) throws IOException;

    /** Nothing that is still stored can be opened from now on. */
    default void forget() {}
}
