package cofferdam.monitor.initramfs;

import java.util.List;

/**
 * What becomes of the modules that somebody asked for.
 *
 * @param order the modules to load, each after those that it needs
 * @param builtIn those asked for that are part of the kernel itself
 * @param missing those asked for that this kernel has in neither way
 */
public record ModulePlan(List<KernelModule> order, List<String> builtIn, List<String> missing) {

    public ModulePlan {
        order = List.copyOf(order);
        builtIn = List.copyOf(builtIn);
        missing = List.copyOf(missing);
    }

    /**
     * The modules to load if nothing is missing.
     *
     * @throws UnusablePartException if something is
     */
    public List<KernelModule> complete() throws UnusablePartException {
        if (!missing.isEmpty()) {
            throw new UnusablePartException("the kernel has neither as a module nor built in: "
                    + String.join(", ", missing));
        }
        return order;
    }
}
