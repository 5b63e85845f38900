/**
 * What an adversary does, one class an attack. Used by {@code scenarios}; never sees {@code
 * analysis}.
 */
module cofferdam.attacks {
    requires transitive cofferdam.monitor;

    exports cofferdam.attacks;
}
