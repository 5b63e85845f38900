package cofferdam.monitor.guest.kernel;

/** The process for which the kernel works is no more, so the work is given up. */
final class TaskEnded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskEnded(Task task) {
        super("process %d (%s) has ended".formatted(task.pid(), task.name()));
    }
}
