package cofferdam.monitor.linux;

import java.io.IOException;
import java.time.Duration;

/** A guest's root, as the testbed talks with it: one command after the other. */
interface GuestShell {

    /** Whether the guest has said that it is up. */
    boolean ready();

    /** Has a command carried out by the guest's shell. */
    Call run(String command, Duration limit);

    /**
     * Has a command carried out, and waits for its end while the host's clock goes on.
     *
     * @throws IOException if no answer comes within the limit, or the guest's console is broken
     */
    Result await(String command, Duration limit) throws IOException;

    /**
     * What a command writes, byte by byte and at most 1 MiB, once it has ended well.
     *
     * @throws IOException if no answer comes within the limit, or the command fails
     */
    byte[] bytes(String command, Duration limit) throws IOException;

    /** A command on its way. */
    interface Call {

        /** Whether an answer has come, or none will. */
        boolean done();

        /**
         * The answer.
         *
         * @throws IOException if none came; the message says why
         */
        Result result() throws IOException;
    }

    /**
     * What a command came to.
     *
     * @param status its exit status
     * @param output what it wrote, at most 1 MiB, without the last line end
     */
    record Result(int status, String output) {

        boolean succeeded() {
            return status == 0;
        }
    }
}
