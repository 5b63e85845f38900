package cofferdam.monitor.guest.load;

/** What a machine does before it answers a request of its page service. */
public interface PageHandler {

    /** Answers at once. */
    PageHandler NONE = (request, answered) -> {
        answered.run();
        return true;
    };

    /**
     * Works off a request.
     *
     * @param answered called when it is done, once
     * @return false if too many wait already
     */
    boolean serve(int request, Runnable answered);
}
