package cofferdam.monitor.guest.kernel;

import java.util.ArrayList;
import java.util.List;

/** Processes that come from one program. */
final class Group {

    private final List<Task> members = new ArrayList<>();

    void add(Task task) {
        members.removeIf(member -> !member.alive());
        members.add(task);
    }

    List<Task> alive() {
        return members.stream().filter(Task::alive).toList();
    }
}
