package cofferdam.monitor.memory;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The guests of a host, by their numbers, the smallest free one for each that comes. */
final class Guests {

    /** The most guests that a host has at one time. */
    static final int MAXIMUM = 64;

    private final @Nullable Guest[] guests = new @Nullable Guest[MAXIMUM];
    private final Charge[] charges = new Charge[MAXIMUM];
    private final List<Guest> live = new ArrayList<>();
    private long reserved;
    private long limits;
    private long size;

    Guests() {
        for (int i = 0; i < MAXIMUM; i++) {
            charges[i] = new Charge();
        }
    }

    /** What each guest holds, by numbers; zero where there is none. */
    Charge[] charges() {
        return charges;
    }

    /** The number for the next guest, if there is room for one. */
    Optional<Integer> freeNumber() {
        for (int number = 0; number < MAXIMUM; number++) {
            if (guests[number] == null) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    void add(Guest guest) {
        guests[guest.pages().guest()] = guest;
        live.add(guest);
        account(guest, 1);
    }

    void remove(Guest guest) {
        guests[guest.pages().guest()] = null;
        live.remove(guest);
        account(guest, -1);
    }

    private void account(Guest guest, int sign) {
        reserved += sign * (long) guest.reservation();
        limits += sign * (long) guest.limit();
        size += sign * (long) guest.pages().count();
    }

    /** The guest of this number, or null. */
    @Nullable
    Guest get(int number) {
        return guests[number];
    }

    /** In the order in which they came. */
    List<Guest> all() {
        return live;
    }

    boolean has(String machine) {
        return live.stream().anyMatch(guest -> guest.machine().equals(machine));
    }

    /** All reservations, in frames. */
    long reserved() {
        return reserved;
    }

    /** All limits, in frames. */
    long limits() {
        return limits;
    }

    /** All configured sizes, in pages. */
    long size() {
        return size;
    }

    /** All pages that have a frame. */
    long mappings() {
        long sum = 0;
        for (Guest guest : live) {
            sum += guest.charge().mappings();
        }
        return sum;
    }
}
