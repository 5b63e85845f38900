package cofferdam.monitor.memory;

import cofferdam.monitor.policy.MemoryPolicy;

import org.jspecify.annotations.Nullable;

/** What the guests of one host have in common. */
record HostParts(
        MemoryPolicy policy,
        FramePool pool,
        FrameTable frames,
        Guests guests,
        Scanner scanner,
        Reclaimer reclaimer,
        @Nullable SwapFile swap) {}
