package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.policy.MemoryPolicy;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts everything again from the guests' translations and holds it against what the host keeps. */
final class Recount {

    private final HostMemory host;
    private final HostParts parts;
    // How many mappings each guest has of each frame.
    private final Map<Integer, Map<Guest, Integer>> mappings = new TreeMap<>();
    private final Set<Integer> slots = new HashSet<>();

    private Recount(HostMemory host) {
        this.host = host;
        parts = host.parts();
        parts.guests().all().forEach(this::count);
    }

    /** Fails where anything is not as it should be after every operation. */
    static void check(HostMemory host) {
        Recount recount = new Recount(host);
        recount.references();
        recount.freeList();
        recount.trust();
        recount.charges();
        recount.usage();
    }

    private void count(Guest guest) {
        GuestPages pages = guest.pages();
        int present = 0;
        int swapped = 0;
        int ballooned = 0;
        for (int page = 0; page < pages.count(); page++) {
            switch (pages.state(page)) {
                case GuestPages.PRESENT -> {
                    present++;
                    assertThat(pages.nextPresent(page)).isEqualTo(page);
                    mappings.computeIfAbsent(pages.number(page), frame -> new HashMap<>())
                            .merge(guest, 1, Integer::sum);
                }
                case GuestPages.SWAPPED -> {
                    swapped++;
                    assertThat(slots.add(pages.number(page)))
                            .as("a slot is used once")
                            .isTrue();
                }
                case GuestPages.BALLOONED -> ballooned++;
                default -> {}
            }
        }
        assertThat(guest.charge().mappings()).isEqualTo(present);
        assertThat(pages.swapped()).isEqualTo(swapped);
        assertThat(pages.ballooned()).isEqualTo(ballooned);
    }

    private void references() {
        int shared = 0;
        for (int frame = 0; frame < parts.pool().touched(); frame++) {
            Map<Guest, Integer> owners = mappings.getOrDefault(frame, Map.of());
            int references = total(owners);
            assertThat(parts.frames().references(frame)).as("references").isEqualTo(references);
            shared += references > 1 ? 1 : 0;
            if (references > 0 && parts.frames().isShareable(frame)) {
                int of = frame;
                parts.guests()
                        .all()
                        .forEach(guest -> assertThat(parts.frames()
                                        .mappings(of, guest.pages().guest()))
                                .isEqualTo(owners.getOrDefault(guest, 0)));
            }
        }
        assertThat(parts.frames().sharedFrames()).isEqualTo(shared);
    }

    private static int total(Map<Guest, Integer> owners) {
        return owners.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void freeList() {
        Set<Integer> free = new HashSet<>();
        for (int frame : parts.pool().released()) {
            assertThat(free.add(frame)).as("frame %d is free once", frame).isTrue();
            assertThat(mappings).doesNotContainKey(frame);
        }
        assertThat(free.size() + mappings.size()).isEqualTo(parts.pool().touched());
        assertThat(parts.pool().used()).isEqualTo(mappings.size());
        assertThat(parts.pool().free()).isEqualTo(parts.pool().size() - mappings.size());
        if (parts.swap() != null) {
            assertThat(parts.swap().used()).isEqualTo(slots.size());
        }
    }

    private void trust() {
        mappings.forEach((frame, owners) -> {
            if (total(owners) > 1) {
                trust(frame, owners);
            }
        });
    }

    private void trust(int frame, Map<Guest, Integer> owners) {
        MemoryPolicy policy = parts.policy();
        switch (policy.sharing()) {
            case NONE -> assertThat(owners).as("nothing is shared").isEmpty();
            case ZERO_PAGE -> assertThat(parts.pool().isZero(frame)).isTrue();
            case INTRA_VM -> assertThat(owners).hasSize(1);
            case SALTED -> {
                Set<String> groups = new HashSet<>();
                owners.keySet()
                        .forEach(guest -> groups.add(
                                policy.groups().containsKey(guest.machine())
                                        ? "group " + policy.groups().get(guest.machine())
                                        : "machine " + guest.machine()));
                assertThat(groups).hasSize(1);
            }
            case INTER_VM -> {}
        }
    }

    private void charges() {
        BigInteger sum = BigInteger.ZERO;
        for (Guest guest : parts.guests().all()) {
            Fraction charge = charge(guest);
            assertThat(guest.charge().bytes())
                    .as("charge of %s", guest.machine())
                    .isEqualTo(charge.times(PhysicalMemory.PAGE));
            assertThat(guest.charge().atLeast()).isLessThanOrEqualTo((int) charge.times(1));
            assertThat(charge.atMost(guest.charge().atMost())).isTrue();
            if (parts.swap() != null || !parts.scanner().isActive()) {
                assertThat(charge.atMost(guest.limit()))
                        .as("limit of %s", guest.machine())
                        .isTrue();
            }
            sum = sum.add(BigInteger.valueOf(guest.charge().bytes()));
        }
        assertThat(sum.longValueExact()).isLessThanOrEqualTo(host.usage().used());
    }

    private Fraction charge(Guest guest) {
        Fraction sum = new Fraction(BigInteger.ZERO, BigInteger.ONE);
        for (Map<Guest, Integer> owners : mappings.values()) {
            sum = sum.plus(owners.getOrDefault(guest, 0), total(owners));
        }
        return sum;
    }

    private void usage() {
        MemoryUsage usage = host.usage();
        assertThat(usage.used()).isEqualTo(mappings.size() * 4096L);
        assertThat(usage.swapped()).isEqualTo(slots.size() * 4096L);
    }

    private record Fraction(BigInteger numerator, BigInteger denominator) {

        Fraction plus(long count, long of) {
            BigInteger part = BigInteger.valueOf(of);
            BigInteger sum =
                    numerator.multiply(part).add(denominator.multiply(BigInteger.valueOf(count)));
            BigInteger all = denominator.multiply(part);
            BigInteger divisor = sum.gcd(all);
            return new Fraction(sum.divide(divisor), all.divide(divisor));
        }

        long times(long factor) {
            return numerator
                    .multiply(BigInteger.valueOf(factor))
                    .divide(denominator)
                    .longValueExact();
        }

        boolean atMost(long whole) {
            return numerator.compareTo(denominator.multiply(BigInteger.valueOf(whole))) <= 0;
        }
    }
}
