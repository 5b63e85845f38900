package cofferdam.monitor.disk.luks;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lends objects that only one thread may use at a time, and makes as many as are in use at once. */
final class Pool<T> {

    private final Queue<T> idle = new ConcurrentLinkedQueue<>();
    private final Supplier<T> maker;

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    void use(Consumer<T> user) {
        T kept = idle.poll();
        T lent = kept == null ? maker.get() : kept;
        user.accept(lent);
        idle.add(lent);
    }
}
