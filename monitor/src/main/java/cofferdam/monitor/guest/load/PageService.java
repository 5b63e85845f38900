package cofferdam.monitor.guest.load;

import java.util.function.Consumer;

/** Pages of a thousand bytes by datagrams: whoever sends a page's number gets that page. */
public final class PageService implements Datagrams.Handler {

    static final int PORT = 8080;

    /** The bytes of a page. */
    static final int PAGE_BYTES = 1000;

    /** What a request and the page begin with, before the number. */
    static final String LABEL = "cofferdam page";

    private PageHandler handler = PageHandler.NONE;

    /** A service that answers at once until it has a handler. */
    public PageService(Datagrams datagrams) {
        datagrams.listen(PORT, this);
    }

    /** Who works off requests from now on. */
    public void handler(PageHandler changed) {
        handler = changed;
    }

    /** The page of a number. */
    static byte[] page(int number) {
        return NumberedText.filled(NumberedText.of(LABEL, number), PAGE_BYTES);
    }

    @Override
    public void received(byte[] data, Consumer<byte[]> reply) {
        int number = NumberedText.number(LABEL, data);
        if (number >= 0) {
            handler.serve(number, new Answer(number, reply));
        }
    }

    /** Goes out once. */
    private static final class Answer implements Runnable {
        private final int number;
        private final Consumer<byte[]> reply;
        private boolean given;

        Answer(int number, Consumer<byte[]> reply) {
            this.number = number;
            this.reply = reply;
        }

        @Override
        public void run() {
            if (!given) {
                given = true;
                reply.accept(page(number));
            }
        }
    }
}
