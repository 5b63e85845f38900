package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Programs.Execution;

import java.util.function.Consumer;

/** A stressor that was started. */
final class StartedProgram implements Execution {

    private final Kernel kernel;
    private final Group group;
    private final Consumer<Group> stop;

    StartedProgram(Kernel kernel, Group group, Consumer<Group> stop) {
        this.kernel = kernel;
        this.group = group;
        this.stop = stop;
    }

    @Override
    public boolean ended() {
        return !kernel.running() || group.alive().isEmpty();
    }

    @Override
    public void stop() {
        if (!ended()) {
            stop.accept(group);
        }
    }
}
